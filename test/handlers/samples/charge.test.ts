import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { chargeOnce } from "../../../handlers/samples/charge.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";

describe("chargeOnce", () => {
  const database = useDatabase({ payments: "paymentId" });
  useEnvironment(() => ({ AWS_ENDPOINT_URL_DYNAMODB: database().url }));

  const charge = (paymentId: string, cents: number) =>
    chargeOnce(DynamoDBDocumentClient.from(new DynamoDBClient({})), "payments", {
      paymentId,
      cents,
    });

  it("records a charge, with a receipt", async () => {
    const { charge: made, isNew } = await charge("o-1", 11979);
    expect(isNew).to.equal(true);
    expect(made).to.include({ paymentId: "o-1", amount: 119.79, status: "charged" });
    expect(made.chargeId).to.match(/^ch_[0-9a-f]{24}$/);
    expect(await database().all("payments")).to.deep.equal([made]);
  });

  it("charges once, however often it is asked to, also at the same time", async () => {
    const results = await Promise.all([1, 2, 3].map(() => charge("o-1", 500)));
    expect(results.filter(({ isNew }) => isNew)).to.have.length(1);
    const again = await charge("o-1", 500);
    expect(again.isNew).to.equal(false);
    expect(await database().all("payments")).to.deep.equal([again.charge]);
  });

  it("gives each payment a receipt of its own", async () => {
    const first = await charge("o-1", 500);
    const second = await charge("o-2", 500);
    expect(first.charge.chargeId).not.to.equal(second.charge.chargeId);
  });

  it("charges up to 10,000.00 and refuses a cent more, on record", async () => {
    expect((await charge("o-1", 1_000_000)).charge).to.include({ status: "charged" });
    const { charge: refused } = await charge("o-2", 1_000_001);
    expect(refused).to.deep.equal({
      paymentId: "o-2",
      amount: 10_000.01,
      status: "refused",
      reason: "over the limit of 10000.00",
    });
    expect(await database().get("payments", "o-2")).to.deep.equal(refused);
  });

  it("refuses for good to make a payment again with another amount", async () => {
    await charge("o-1", 500);
    const failure = await failureOf(charge("o-1", 501));
    expect(failure).to.be.instanceOf(PermanentError);
    expect(failure.message).to.equal(
      "payment o-1 is recorded with 5, and cannot be made again with 5.01",
    );
    expect(await database().get("payments", "o-1")).to.include({ amount: 5 });
  });
});
