import { expect } from "chai";
import { DynamoError } from "../../../../local/services/dynamodb/dynamoError.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { makeTables, stockItem } from "../../../harness/cloud/tables.ts";

const TableName = "stock";

describe("items of a table", () => {
  async function detailsOf(work: Promise<unknown>): Promise<unknown[]> {
    const error = await failureOf(work);
    return error instanceof DynamoError ? [error.code, error.message, error.details] : [error];
  }

  const failedCondition = ["ConditionalCheckFailedException", "The conditional request failed"];
  const ALL_OLD = { ReturnValuesOnConditionCheckFailure: "ALL_OLD" };

  it("are written and read", async () => {
    const { put, stock } = await makeTables();
    await put("chair", 5);
    expect(await stock("chair")).to.deep.equal(stockItem("chair", 5));
    expect(await stock("desk")).to.equal(undefined);
  });

  it("come with the failure of a condition where that is asked for", async () => {
    const { tables, put } = await makeTables();
    await put("chair", 5);
    const chair = { Item: stockItem("chair", 5) };
    const putOnce = {
      TableName,
      Item: stockItem("chair", 9),
      ConditionExpression: "attribute_not_exists(sku)",
    };
    const update = {
      TableName,
      Key: { sku: { S: "chair" } },
      UpdateExpression: "SET stock = stock - :n",
      ConditionExpression: "stock >= :n",
      ExpressionAttributeValues: { ":n": { N: "6" } },
    };
    const remove = {
      TableName,
      Key: { sku: { S: "chair" } },
      ConditionExpression: "stock = :n",
      ExpressionAttributeValues: { ":n": { N: "6" } },
    };
    for (const [operation, input] of [
      ["PutItem", putOnce],
      ["UpdateItem", update],
      ["DeleteItem", remove],
    ] as const) {
      const asked = tables.call(operation, { ...input, ...ALL_OLD });
      expect(await detailsOf(asked), operation).to.deep.equal([...failedCondition, chair]);
      const none = { ReturnValuesOnConditionCheckFailure: "NONE" };
      const unasked = tables.call(operation, { ...input, ...none });
      expect(await detailsOf(unasked), operation).to.deep.equal([...failedCondition, {}]);
    }
  });

  it("are absent from the failure of a condition on nothing", async () => {
    const { tables } = await makeTables();
    const remove = {
      TableName,
      Key: { sku: { S: "ghost" } },
      ConditionExpression: "attribute_exists(sku)",
      ...ALL_OLD,
    };
    expect(await detailsOf(tables.call("DeleteItem", remove))).to.deep.equal([
      ...failedCondition,
      {},
    ]);
  });

  it("count right however many write at once", async () => {
    const { tables, put, stock } = await makeTables();
    await put("chair", 0);
    const add = () =>
      tables.call("UpdateItem", {
        TableName,
        Key: { sku: { S: "chair" } },
        UpdateExpression: "ADD stock :one",
        ExpressionAttributeValues: { ":one": { N: "1" } },
      });
    await Promise.all(Array.from({ length: 200 }, add));
    expect(await stock("chair")).to.deep.equal(stockItem("chair", 200));
  });

  it("are found by an index, which forgets what an item no longer has", async () => {
    const { tables } = await makeTables();
    await tables.create({
      name: "orders",
      hashKey: "id",
      attributes: { id: "S", customer: "S", at: "N" },
      globalSecondaryIndexes: [{ name: "byCustomer", hashKey: "customer", rangeKey: "at" }],
    });
    const put = (id: string, customer: string, at: number) =>
      tables.call("PutItem", {
        TableName: "orders",
        Item: { id: { S: id }, customer: { S: customer }, at: { N: String(at) } },
      });
    await put("1", "ada", 20);
    await put("2", "ada", 3);
    await put("3", "bob", 1);
    await put("1", "bob", 20);
    const ofCustomer = async (customer: string) => {
      const { Items } = await tables.call("Query", {
        TableName: "orders",
        IndexName: "byCustomer",
        KeyConditionExpression: "customer = :c",
        ExpressionAttributeValues: { ":c": { S: customer } },
      });
      return Array.isArray(Items) ? Items.map((item) => item.id.S) : Items;
    };
    expect(await ofCustomer("ada")).to.deep.equal(["2"]);
    expect(await ofCustomer("bob")).to.deep.equal(["3", "1"]);
  });

  it("are written and deleted in batches", async () => {
    const { tables, put, stock } = await makeTables();
    await put("old", 1);
    await tables.call("BatchWriteItem", {
      RequestItems: {
        stock: [
          { PutRequest: { Item: stockItem("chair", 1) } },
          { PutRequest: { Item: stockItem("desk", 2) } },
          { DeleteRequest: { Key: { sku: { S: "old" } } } },
        ],
      },
    });
    expect(await stock("chair")).to.deep.equal(stockItem("chair", 1));
    expect(await stock("desk")).to.deep.equal(stockItem("desk", 2));
    expect(await stock("old")).to.equal(undefined);
  });

  it("are seeded once, and keep later changes", async () => {
    const { tables, put, stock } = await makeTables();
    await tables.seed(TableName, stockItem("chair", 1000));
    expect(await stock("chair")).to.deep.equal(stockItem("chair", 1000));
    await put("chair", 7);
    await tables.seed(TableName, stockItem("chair", 1000));
    expect(await stock("chair")).to.deep.equal(stockItem("chair", 7));
    const wrong = tables.seed(TableName, { name: { S: "no key" } });
    expect((await detailsOf(wrong))[0]).to.equal("ValidationException");
  });

  it("are refused when they do not fit the table", async () => {
    const { tables } = await makeTables();
    const put = (Item: object) => detailsOf(tables.call("PutItem", { TableName, Item }));
    expect((await put({ stock: { N: "1" } })).slice(0, 2)).to.deep.equal([
      "ValidationException",
      "One or more parameter values were invalid: Missing the key sku in the item",
    ]);
    expect((await put({ sku: { N: "1" } })).slice(0, 2)).to.deep.equal([
      "ValidationException",
      "One or more parameter values were invalid: Type mismatch for key sku expected: S actual: N",
    ]);
    const elsewhere = tables.call("PutItem", { TableName: "ghost", Item: stockItem("chair", 1) });
    expect((await detailsOf(elsewhere))[0]).to.equal("ResourceNotFoundException");
  });
});
