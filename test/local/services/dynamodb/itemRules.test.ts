import { expect } from "chai";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { indexedTable, makeTables } from "../../../harness/cloud/tables.ts";

const TableName = "stock";
const Key = { sku: { S: "chair" } };

describe("rules of DynamoDB beside those of dynalite", () => {
  let tables: Awaited<ReturnType<typeof makeTables>>["tables"];

  beforeEach(async () => {
    ({ tables } = await makeTables());
  });

  const messageOf = async (operation: string, input: object) =>
    (await failureOf(tables.call(operation, { TableName, ...input }))).message;

  const wrapped = (levels: number): object =>
    levels === 0 ? { S: "deep" } : { M: { a: wrapped(levels - 1) } };

  describe("an update returns", () => {
    const update = async (UpdateExpression: string, ReturnValues: string) => {
      await tables.call("PutItem", { TableName, Item: { ...Key, a: { N: "1" }, b: { N: "2" } } });
      const input = { TableName, Key, UpdateExpression, ReturnValues };
      return tables.call("UpdateItem", input);
    };

    it("no attributes where UPDATED_NEW has only removed ones", async () => {
      expect(await update("REMOVE a", "UPDATED_NEW")).to.deep.equal({
        ConsumedCapacity: undefined,
      });
      const both = "SET b = a REMOVE a";
      expect(await update(both, "UPDATED_NEW")).to.deep.include({ Attributes: { b: { N: "1" } } });
    });

    it("what UPDATED_OLD has removed, and nothing where there was none", async () => {
      expect(await update("REMOVE a", "UPDATED_OLD")).to.deep.include({
        Attributes: { a: { N: "1" } },
      });
      expect(await update("REMOVE c", "UPDATED_OLD")).not.to.have.property("Attributes");
    });
  });

  describe("a scan", () => {
    it("has both a segment and their number, or neither", async () => {
      const missing = await messageOf("Scan", { Segment: 0 });
      expect(missing).to.equal(
        "The TotalSegments parameter is required but was not present in the request when Segment parameter is present",
      );
      expect(await messageOf("Scan", { Segment: 0, TotalSegments: 1_000_001 })).to.contain(
        "Member must have value less than or equal to 1000000",
      );
    });

    it("selects what its projection fits", async () => {
      expect(await messageOf("Scan", { Select: "SPECIFIC_ATTRIBUTES" })).to.contain(
        "Must specify the AttributesToGet or ProjectionExpression",
      );
      const projected = { Select: "COUNT", ProjectionExpression: "a" };
      expect(await messageOf("Scan", projected)).to.contain("choosing to get only the Count");
      expect(await messageOf("Scan", { Select: "ALL_PROJECTED_ATTRIBUTES" })).to.contain(
        "only when Scanning using an IndexName",
      );
    });
  });

  describe("a projection", () => {
    const read = (input: object) => messageOf("GetItem", { Key, ...input });

    it("has no overlapping paths, and nothing of the older kind beside it", async () => {
      expect(await read({ ProjectionExpression: "a, a.b" })).to.contain(
        "Two document paths overlap with each other",
      );
      const both = { ProjectionExpression: "a", AttributesToGet: ["b"] };
      expect(await read(both)).to.contain("Non-expression parameters: {AttributesToGet}");
    });

    it("uses every name that comes with it", async () => {
      const ExpressionAttributeNames = { "#a": "a", "#b": "b" };
      const unused = { ProjectionExpression: "#a", ExpressionAttributeNames };
      expect(await read(unused)).to.contain("unused in expressions: keys: {#b}");
    });
  });

  it("has no documents in the keys of a batch", async () => {
    for (const sku of [{ M: {} }, { L: [] }]) {
      const RequestItems = { stock: { Keys: [{ sku }] } };
      const refused = await failureOf(tables.call("BatchGetItem", { RequestItems }));
      expect(refused).to.include({
        code: "ValidationException",
        message: "The provided key element does not match the schema",
      });
    }
  });

  it("has values of 32 levels at the most, in items and in expressions", async () => {
    const put = (value: object) => ({ TableName, Item: { ...Key, value } });
    await tables.call("PutItem", put(wrapped(31)));
    const tooDeep = "Nesting Levels have exceeded supported limits";
    expect(await messageOf("PutItem", put(wrapped(32)))).to.contain(tooDeep);
    const RequestItems = { stock: [{ PutRequest: { Item: put(wrapped(32)).Item } }] };
    const batch = await failureOf(tables.call("BatchWriteItem", { RequestItems }));
    expect(batch.message).to.contain(tooDeep);
    const set = {
      Key,
      UpdateExpression: "SET a = :a",
      ExpressionAttributeValues: { ":a": { L: [wrapped(31)] } },
    };
    expect(await messageOf("UpdateItem", set)).to.contain(tooDeep);
  });

  it("has a key and a value in each tag", async () => {
    const ResourceArn = `arn:aws:dynamodb:eu-west-1:000000000000:table/${TableName}`;
    const message = async (Tags: object[]) =>
      (await failureOf(tables.call("TagResource", { ResourceArn, Tags }))).message;
    const isNull = "failed to satisfy constraint: Member must not be null";
    expect(await message([{ Key: "a", Value: "" }, { Key: "b" }])).to.equal(
      `1 validation error detected: Value null at 'tags.2.member.value' ${isNull}`,
    );
    expect(await message([{ Value: "a" }])).to.equal(
      `1 validation error detected: Value null at 'tags.1.member.key' ${isNull}`,
    );
  });

  describe("an attribute may be named", () => {
    for (const name of ["__proto__", "constructor", "toString"]) {
      const names = { ExpressionAttributeNames: { "#name": name } };
      const named = (value: object) => JSON.parse(`{"${name}":${JSON.stringify(value)}}`);

      it(`${name}, and is written, updated and read`, async () => {
        const item = { ...named({ M: named({ S: "inner" }) }), ...Key };
        await tables.call("PutItem", { TableName, Item: item });
        expect(await read()).to.equal(JSON.stringify(named({ M: named({ S: "inner" }) })));
        await tables.call("UpdateItem", {
          TableName,
          Key,
          UpdateExpression: "SET #name = :value",
          ExpressionAttributeValues: { ":value": { N: "7" } },
          ...names,
        });
        expect(await read()).to.equal(JSON.stringify(named({ N: "7" })));
      });

      it(`${name}, and is missing where it was not written`, async () => {
        const ConditionExpression = "attribute_not_exists(#name)";
        const put = { TableName, Item: Key, ConditionExpression, ...names };
        await tables.call("PutItem", put);
        await tables.call("PutItem", put);
        expect(await read()).to.equal("{}");
        const filter = { TableName, FilterExpression: "attribute_exists(#name)", ...names };
        expect(await tables.call("Scan", filter)).to.include({ Count: 0, ScannedCount: 1 });
      });

      async function read(): Promise<string> {
        const input = { TableName, Key, ProjectionExpression: "#name", ...names };
        return JSON.stringify((await tables.call("GetItem", input)).Item);
      }
    }
  });

  describe("the consumed capacity of a write", () => {
    const item = { id: { S: "1" }, x: { S: "a" }, y: { S: "b" } };
    const ReturnConsumedCapacity = "INDEXES";
    const input = { TableName: "indexed", ReturnConsumedCapacity };
    const one = { CapacityUnits: 1 };

    beforeEach(() => tables.create(indexedTable));

    it("has a unit for each entry of an index, and none for one that stays", async () => {
      const put = await tables.call("PutItem", { ...input, Item: item });
      expect(put.ConsumedCapacity).to.deep.equal({
        TableName: "indexed",
        CapacityUnits: 3,
        Table: one,
        GlobalSecondaryIndexes: { "by-x": one, "by-y": one },
      });
      const again = await tables.call("PutItem", { ...input, Item: item });
      expect(again.ConsumedCapacity).to.deep.include({ CapacityUnits: 1, Table: one });
      expect(again.ConsumedCapacity).not.to.have.property("GlobalSecondaryIndexes");
    });

    it("has two where an entry moves", async () => {
      await tables.call("PutItem", { ...input, Item: item });
      const moved = await tables.call("UpdateItem", {
        ...input,
        Key: { id: item.id },
        UpdateExpression: "SET x = :x REMOVE y",
        ExpressionAttributeValues: { ":x": { S: "c" } },
      });
      expect(moved.ConsumedCapacity).to.deep.include({
        CapacityUnits: 4,
        GlobalSecondaryIndexes: { "by-x": { CapacityUnits: 2 }, "by-y": one },
      });
    });

    it("is summed for a batch, and doubled for a transaction", async () => {
      const RequestItems = { indexed: [{ PutRequest: { Item: item } }] };
      const batch = await tables.call("BatchWriteItem", { RequestItems, ReturnConsumedCapacity });
      expect(batch.ConsumedCapacity).to.deep.equal([
        {
          TableName: "indexed",
          CapacityUnits: 3,
          Table: one,
          GlobalSecondaryIndexes: { "by-x": one, "by-y": one },
        },
      ]);
      const Delete = { TableName: "indexed", Key: { id: item.id } };
      const twice = { CapacityUnits: 2, WriteCapacityUnits: 2 };
      const transaction = await tables.call("TransactWriteItems", {
        TransactItems: [{ Delete }],
        ReturnConsumedCapacity,
      });
      expect(transaction.ConsumedCapacity).to.deep.equal([
        {
          TableName: "indexed",
          CapacityUnits: 6,
          WriteCapacityUnits: 6,
          Table: twice,
          GlobalSecondaryIndexes: { "by-x": twice, "by-y": twice },
        },
      ]);
    });
  });
});
