import { expect } from "chai";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { awsErrorOf } from "../../../harness/cloud/awsErrors.ts";
import { makeTables, stockItem } from "../../../harness/cloud/tables.ts";

describe("tables", () => {
  const definition = { name: "stock", hashKey: "sku", attributes: { sku: "S" } };

  it("can be used at once, and stay as they are when made again", async () => {
    const { tables, put, stock } = await makeTables();
    await put("chair", 1);
    const { arn } = await tables.create(definition);
    expect(arn).to.equal("arn:aws:dynamodb:eu-west-1:000000000000:table/stock");
    expect(await stock("chair")).to.deep.equal(stockItem("chair", 1));
    const { Table } = await tables.call("DescribeTable", { TableName: "stock" });
    expect(Table).to.deep.include({ TableStatus: "ACTIVE", TableArn: arn });
  });

  it("have the keys and indexes that they are declared with", async () => {
    const { tables } = await makeTables();
    await tables.create({
      name: "bookings",
      hashKey: "room",
      rangeKey: "night",
      attributes: { room: "S", night: "S", guest: "S", price: "N" },
      globalSecondaryIndexes: [{ name: "byGuest", hashKey: "guest", projection: ["price"] }],
      localSecondaryIndexes: [{ name: "byPrice", rangeKey: "price", projection: "KEYS_ONLY" }],
    });
    const { Table } = await tables.call("DescribeTable", { TableName: "bookings" });
    expect(Table).to.deep.include({
      KeySchema: [
        { AttributeName: "room", KeyType: "HASH" },
        { AttributeName: "night", KeyType: "RANGE" },
      ],
    });
    expect(Table).to.have.nested.property("GlobalSecondaryIndexes[0].IndexStatus", "ACTIVE");
    expect(Table).to.have.deep.nested.property("GlobalSecondaryIndexes[0].Projection", {
      ProjectionType: "INCLUDE",
      NonKeyAttributes: ["price"],
    });
    expect(Table).to.have.deep.nested.property("LocalSecondaryIndexes[0].KeySchema", [
      { AttributeName: "room", KeyType: "HASH" },
      { AttributeName: "price", KeyType: "RANGE" },
    ]);
  });

  it("are listed in order, page by page", async () => {
    const { tables } = await makeTables();
    for (const name of ["zebra", "apple"]) await tables.create({ ...definition, name });
    expect(await tables.list()).to.deep.equal(["apple", "stock", "zebra"]);
    expect(await tables.call("ListTables", { Limit: 2 })).to.deep.equal({
      TableNames: ["apple", "stock"],
      LastEvaluatedTableName: "stock",
    });
    expect(await tables.call("ListTables", { ExclusiveStartTableName: "stock" })).to.deep.equal({
      TableNames: ["zebra"],
    });
  });

  it("take everything with them when they are deleted", async () => {
    const { tables, put, stock } = await makeTables();
    const other = { ...definition, name: "stock-2" };
    await tables.create(other);
    await tables.seed("stock-2", stockItem("chair", 2));
    await put("chair", 1);
    const timeToLive = { AttributeName: "until", Enabled: true };
    await tables.call("UpdateTimeToLive", {
      TableName: "stock",
      TimeToLiveSpecification: timeToLive,
    });
    await tables.call("DeleteTable", { TableName: "stock" });
    expect(await tables.list()).to.deep.equal(["stock-2"]);
    expect((await failureOf(put("chair", 1))).name).to.equal("ResourceNotFoundException");
    await tables.create(definition);
    expect(await stock("chair")).to.equal(undefined);
    const { TimeToLiveDescription } = await tables.call("DescribeTimeToLive", {
      TableName: "stock",
    });
    expect(TimeToLiveDescription).to.deep.equal({ TimeToLiveStatus: "DISABLED" });
    const kept = await tables.call("GetItem", {
      TableName: "stock-2",
      Key: { sku: { S: "chair" } },
    });
    expect(kept.Item).to.deep.equal(stockItem("chair", 2));
  });

  it("keep the attribute by which items may go, and keep the items", async () => {
    const { tables, clock, stock } = await makeTables();
    const describe = () => tables.call("DescribeTimeToLive", { TableName: "stock" });
    const update = (AttributeName: string, Enabled: boolean) =>
      tables.call("UpdateTimeToLive", {
        TableName: "stock",
        TimeToLiveSpecification: { AttributeName, Enabled },
      });
    expect(await describe()).to.deep.equal({
      TimeToLiveDescription: { TimeToLiveStatus: "DISABLED" },
    });
    await update("until", true);
    expect(await describe()).to.deep.equal({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "until" },
    });
    await tables.seed("stock", { ...stockItem("chair", 1), until: { N: "1" } });
    await clock.advance(365 * 24 * 3_600_000);
    expect(await stock("chair")).to.include.keys("until");
    expect((await failureOf(update("until", true))).message).to.equal(
      "TimeToLive is already enabled",
    );
    expect((await failureOf(update("other", false))).message).to.match(/different AttributeName/);
    await update("until", false);
    expect((await failureOf(update("until", false))).message).to.equal(
      "TimeToLive is already disabled",
    );
  });

  it("may be declared with such an attribute", async () => {
    const { tables } = await makeTables();
    await tables.create({ ...definition, name: "keys", timeToLiveAttribute: "expiration" });
    expect(await tables.call("DescribeTimeToLive", { TableName: "keys" })).to.deep.equal({
      TimeToLiveDescription: { TimeToLiveStatus: "ENABLED", AttributeName: "expiration" },
    });
  });

  it("have tags", async () => {
    const { tables } = await makeTables();
    const ResourceArn = tables.arn("stock");
    await tables.call("TagResource", { ResourceArn, Tags: [{ Key: "team", Value: "a" }] });
    expect(await tables.call("ListTagsOfResource", { ResourceArn })).to.deep.equal({
      Tags: [{ Key: "team", Value: "a" }],
    });
  });

  const refused: [string, string, object, string][] = [
    ["an operation", "ExecuteStatement", {}, "DynamoDB's ExecuteStatement"],
    [
      "encryption by a key",
      "CreateTable",
      { SSESpecification: { Enabled: true } },
      "SSESpecification of DynamoDB's CreateTable",
    ],
    [
      "sizes of collections",
      "PutItem",
      { ReturnItemCollectionMetrics: "SIZE" },
      "ReturnItemCollectionMetrics of DynamoDB's PutItem",
    ],
    ["a member that is new", "GetItem", { Novelty: 1 }, "Novelty of DynamoDB's GetItem"],
  ];
  for (const [what, operation, input, named] of refused) {
    it(`say so where they have not ${what}`, async () => {
      const { tables } = await makeTables();
      const error = await failureOf(tables.call(operation, { ...input }));
      expect(
        awsErrorOf(() => {
          throw error;
        }),
      ).to.deep.equal({
        code: "NotImplemented",
        message: `Fanout's local cloud does not support ${named}. It works on AWS only.`,
      });
    });
  }

  it("take words that change nothing here", async () => {
    const { tables } = await makeTables();
    await tables.call("CreateTable", {
      TableName: "plain",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
      BillingMode: "PAY_PER_REQUEST",
      TableClass: "STANDARD",
      DeletionProtectionEnabled: false,
      StreamSpecification: { StreamEnabled: false },
    });
    await tables.call("Scan", { TableName: "plain", ConsistentRead: true });
    expect(await tables.list()).to.deep.equal(["plain", "stock"]);
  });
});
