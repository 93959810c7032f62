import { expect } from "chai";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { makeTables } from "../../../harness/cloud/tables.ts";

type Made = Awaited<ReturnType<typeof makeTables>>;

const TableName = "stock";
const newImages = { StreamEnabled: true, StreamViewType: "NEW_IMAGE" };
const units = (count: number) => ({ ReadCapacityUnits: count, WriteCapacityUnits: count });

describe("UpdateTable", () => {
  let tables: Made["tables"];
  let put: Made["put"];
  beforeEach(async () => {
    ({ tables, put } = await makeTables());
  });
  afterEach(() => tables.close());

  const update = (changes: object) => tables.call("UpdateTable", { TableName, ...changes });
  const described = async () => (await tables.call("DescribeTable", { TableName })).Table;

  it("begins a stream and ends it", async () => {
    const { TableDescription } = await update({ StreamSpecification: newImages });
    const arn = `${tables.arn(TableName)}/stream/2026-01-01T00:00:00.000`;
    const streamed = {
      StreamSpecification: newImages,
      LatestStreamArn: arn,
      LatestStreamLabel: "2026-01-01T00:00:00.000",
    };
    expect(TableDescription).to.deep.include({ ...streamed, TableStatus: "UPDATING" });
    expect(await described()).to.deep.include({ ...streamed, TableStatus: "ACTIVE" });
    await put("chair", 1);
    expect(tables.streams.read(arn, "", "", 10)).to.have.length(1);
    await update({ StreamSpecification: { StreamEnabled: false } });
    expect(await described()).to.not.have.property("LatestStreamArn");
    expect(tables.streams.find(arn)).to.equal(undefined);
  });

  it("changes the billing mode and the throughput, which the description holds", async () => {
    await update({ BillingMode: "PROVISIONED", ProvisionedThroughput: units(5) });
    expect(await described()).to.deep.include({
      BillingModeSummary: { BillingMode: "PROVISIONED" },
      ProvisionedThroughput: { NumberOfDecreasesToday: 0, ...units(5) },
      WarmThroughput: { ReadUnitsPerSecond: 5, WriteUnitsPerSecond: 5, Status: "ACTIVE" },
    });
    await update({ BillingMode: "PAY_PER_REQUEST" });
    expect(await described()).to.have.nested.property(
      "BillingModeSummary.BillingMode",
      "PAY_PER_REQUEST",
    );
  });

  it("protects a table against its deletion", async () => {
    await update({ DeletionProtectionEnabled: true });
    const refused = await failureOf(tables.call("DeleteTable", { TableName }));
    expect(refused.message).to.equal(
      "Resource cannot be deleted as it is currently protected against deletion. Disable deletion protection first.",
    );
    await update({ DeletionProtectionEnabled: false });
    await tables.call("DeleteTable", { TableName });
    expect(await tables.list()).to.deep.equal([]);
  });

  const refused: [string, object, string][] = [
    ["nothing to change", {}, "At least one of ProvisionedThroughput"],
    [
      "the end of a stream that is none",
      { StreamSpecification: { StreamEnabled: false } },
      "Table has no stream to disable: TableName: stock",
    ],
    [
      "a stream without a view",
      { StreamSpecification: { StreamEnabled: true } },
      "If stream is being enabled then UpdateViewType is required",
    ],
    [
      "a stream together with throughput",
      { StreamSpecification: newImages, ProvisionedThroughput: units(1) },
      "You cannot modify stream status while updating table IOPS",
    ],
    [
      "throughput of a table that is billed by request",
      { ProvisionedThroughput: units(1) },
      "Neither ReadCapacityUnits nor WriteCapacityUnits can be specified",
    ],
    [
      "provisioned billing without throughput",
      { BillingMode: "PROVISIONED" },
      "ProvisionedThroughput must be specified",
    ],
    [
      "what the local cloud cannot change",
      { GlobalSecondaryIndexUpdates: [] },
      "does not support GlobalSecondaryIndexUpdates of DynamoDB's UpdateTable",
    ],
  ];
  for (const [what, changes, message] of refused) {
    it(`refuses ${what}`, async () => {
      expect((await failureOf(update(changes))).message).to.include(message);
    });
  }

  it("refuses a second stream, a throughput that is no change, and an unknown table", async () => {
    await update({ StreamSpecification: newImages });
    const again = await failureOf(update({ StreamSpecification: newImages }));
    expect(again.message).to.equal("Table already has an enabled stream: TableName: stock");
    const provisioned = { BillingMode: "PROVISIONED", ProvisionedThroughput: units(5) };
    await update(provisioned);
    const same = await failureOf(update({ ProvisionedThroughput: units(5) }));
    expect(same.message).to.include("The provisioned throughput for the table will not change.");
    const unknown = await failureOf(update({ ...provisioned, TableName: "nothing" }));
    expect(unknown).to.include({
      code: "ResourceNotFoundException",
      message: "Requested resource not found: Table: nothing not found",
    });
  });
});
