import { expect } from "chai";
import * as v from "valibot";
import { withTableNames } from "../../../../../local/services/dynamodb/api/tableNames.ts";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import {
  type DynamoDbEndpoint,
  serveDynamoDb,
} from "../../../../harness/endpoints/dynamoDbEndpoint.ts";
import { fetchSigned } from "../../../../harness/endpoints/signedRequests.ts";

const arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/stock";
const chair = { sku: { S: "chair" } };

describe("a table that is named by its ARN", () => {
  let dynamoDb: DynamoDbEndpoint;

  beforeEach(async () => {
    dynamoDb = await serveDynamoDb();
    await dynamoDb.put("chair", 5);
  });

  afterEach(() => dynamoDb.close());

  async function call(operation: string, input: object) {
    const headers = {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": `DynamoDB_20120810.${operation}`,
    };
    const sent = { method: "POST", headers, body: JSON.stringify(input) };
    const reply = await fetchSigned(`${dynamoDb.url}/`, sent, { service: "dynamodb" });
    return v.parse(v.record(v.string(), v.unknown()), await reply.json());
  }

  it("is read and written like one that is named by its name", async () => {
    const read = { TableName: arn, Key: chair, ReturnConsumedCapacity: "TOTAL" };
    expect(await call("GetItem", read)).to.deep.equal({
      Item: { ...chair, stock: { N: "5" } },
      ConsumedCapacity: { TableName: arn, CapacityUnits: 0.5 },
    });
    await call("TransactWriteItems", {
      TransactItems: [{ Delete: { TableName: arn, Key: chair } }],
    });
    expect(await call("Scan", { TableName: arn, Select: "COUNT" })).to.include({ Count: 0 });
    const { Table } = await call("DescribeTable", { TableName: arn });
    expect(Table).to.include({ TableName: "stock" });
    expect(dynamoDb.asked.map(({ resource }) => resource)).to.deep.equal([arn, arn, arn, arn]);
  });

  it("has its ARN in the answers of a batch", async () => {
    const batch = { RequestItems: { [arn]: { Keys: [chair] } }, ReturnConsumedCapacity: "TOTAL" };
    expect(await call("BatchGetItem", batch)).to.deep.equal({
      Responses: { [arn]: [{ ...chair, stock: { N: "5" } }] },
      UnprocessedKeys: {},
      ConsumedCapacity: [{ TableName: arn, CapacityUnits: 0.5 }],
    });
  });

  it("is named once in a batch", async () => {
    const batch = { RequestItems: { [arn]: { Keys: [chair] }, stock: { Keys: [chair] } } };
    expect((await call("BatchGetItem", batch)).__type).to.include("ValidationException");
  });

  it("is not found in another account or region", async () => {
    for (const other of [arn.replace("eu-west-1", "us-east-1"), arn.replace("000000000000", "1")]) {
      const failure = await failureOf(
        Promise.resolve().then(() => withTableNames({ TableName: other }, "eu-west-1")),
      );
      expect(failure.name).to.equal("ResourceNotFoundException");
    }
  });
});
