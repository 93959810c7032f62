import {
  type CancellationReason,
  DynamoDBClient,
  TransactionCanceledException,
} from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient, TransactWriteCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { writeAll } from "../../../handlers/samples/transaction.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: "eu-west-1" }));
const items = [{ Delete: { TableName: "orders", Key: { orderId: "o-1" } } }];

describe("writeAll", () => {
  let calls: SdkCalls;
  let waits: number[];
  const wait = async (milliseconds: number) => waits.push(milliseconds);

  beforeEach(() => {
    waits = [];
    calls = new SdkCalls();
    calls.start();
  });

  afterEach(() => calls.stop());

  /** Cancels the transaction with each of `codes` in turn, then lets it through. */
  function cancelWith(...cancellations: CancellationReason[][]): void {
    calls.on(TransactWriteCommand, () => {
      const CancellationReasons = cancellations.shift();
      if (CancellationReasons === undefined) return {};
      throw new TransactionCanceledException({
        message: "Transaction cancelled",
        CancellationReasons,
        $metadata: {},
      });
    });
  }

  it("writes all items in one call", async () => {
    cancelWith();
    expect(await writeAll(client, items, wait)).to.deep.equal([]);
    expect(calls.of(TransactWriteCommand)).to.deep.equal([{ TransactItems: items }]);
    expect(waits).to.deep.equal([]);
  });

  it("returns the conditions that did not hold, and does not try again", async () => {
    const Item = { stock: { N: "3" } };
    cancelWith([
      { Code: "None" },
      { Code: "ConditionalCheckFailed", Item },
      { Code: "TransactionConflict" },
      { Code: "ConditionalCheckFailed" },
    ]);
    expect(await writeAll(client, items, wait)).to.deep.equal([
      { index: 1, item: Item },
      { index: 3, item: undefined },
    ]);
    expect(calls.made).to.have.length(1);
  });

  for (const Code of ["TransactionConflict", "ThrottlingError", "ProvisionedThroughputExceeded"]) {
    it(`tries again after ${Code}`, async () => {
      cancelWith([{ Code: "None" }, { Code }], [{ Code }, { Code: "None" }]);
      expect(await writeAll(client, items, wait)).to.deep.equal([]);
      expect(calls.made).to.have.length(3);
      expect(waits).to.have.length(2);
    });
  }

  it("gives up a conflict that lasts, after six tries within three seconds", async () => {
    cancelWith(...Array.from({ length: 9 }, () => [{ Code: "TransactionConflict" }]));
    const failure = await failureOf(writeAll(client, items, wait));
    expect(failure).to.be.instanceOf(TransactionCanceledException);
    expect(calls.made).to.have.length(6);
    for (const [index, milliseconds] of waits.entries()) {
      expect(milliseconds).to.be.within(0, 100 * 2 ** index);
    }
  });

  it("throws what trying again does not change", async () => {
    cancelWith([{ Code: "ValidationError" }]);
    expect(await failureOf(writeAll(client, items, wait))).to.be.instanceOf(
      TransactionCanceledException,
    );
    expect(calls.made).to.have.length(1);
  });

  it("throws any other error as it is", async () => {
    calls.on(TransactWriteCommand, () => {
      throw new Error("no such table");
    });
    expect(await failureOf(writeAll(client, items, wait))).to.have.property(
      "message",
      "no such table",
    );
  });
});
