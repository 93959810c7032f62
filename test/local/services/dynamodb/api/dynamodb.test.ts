import { IdempotencyConfig, makeIdempotent } from "@aws-lambda-powertools/idempotency";
import { DynamoDBPersistenceLayer } from "@aws-lambda-powertools/idempotency/dynamodb";
import {
  ConditionalCheckFailedException,
  CreateTableCommand,
  DescribeTableCommand,
  PutItemCommand,
  ResourceInUseException,
  TransactionCanceledException,
  TransactWriteItemsCommand,
  waitUntilTableExists,
} from "@aws-sdk/client-dynamodb";
import {
  BatchGetCommand,
  DeleteCommand,
  DynamoDBDocumentClient,
  GetCommand,
  PutCommand,
  paginateQuery,
  QueryCommand,
  ScanCommand,
  TransactGetCommand,
  TransactWriteCommand,
  UpdateCommand,
} from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { stockItem } from "../../../../harness/cloud/tables.ts";
import {
  type DynamoDbEndpoint,
  serveDynamoDb,
} from "../../../../harness/endpoints/dynamoDbEndpoint.ts";
import { fetchSigned } from "../../../../harness/endpoints/signedRequests.ts";
import { lambdaContext } from "../../../../harness/handlers/handlerRun.ts";

const TableName = "stock";

describe("DynamoDB on the wire", () => {
  let dynamoDb: DynamoDbEndpoint;
  let documents: DynamoDBDocumentClient;

  beforeEach(async () => {
    dynamoDb = await serveDynamoDb();
    documents = DynamoDBDocumentClient.from(dynamoDb.client);
  });

  afterEach(() => dynamoDb.close());

  it("makes a table that a waiter finds", async () => {
    const table = {
      TableName: "bookings",
      KeySchema: [{ AttributeName: "id", KeyType: "HASH" as const }],
      AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" as const }],
      BillingMode: "PAY_PER_REQUEST" as const,
    };
    const made = await dynamoDb.client.send(new CreateTableCommand(table));
    expect(made.TableDescription?.TableStatus).to.equal("CREATING");
    await waitUntilTableExists(
      { client: dynamoDb.client, minDelay: 1, maxDelay: 1, maxWaitTime: 5 },
      table,
    );
    const { Table } = await dynamoDb.client.send(new DescribeTableCommand(table));
    expect(Table?.TableArn).to.equal("arn:aws:dynamodb:eu-west-1:000000000000:table/bookings");
    const again = await failureOf(dynamoDb.client.send(new CreateTableCommand(table)));
    expect(again).to.be.instanceOf(ResourceInUseException);
  });

  it("keeps documents of every type", async () => {
    const Item = {
      sku: "chair",
      stock: 12.5,
      gone: false,
      nothing: null,
      colours: new Set(["red", "blue"]),
      sizes: new Set([1, 2]),
      bytes: Uint8Array.from([1, 2, 3]),
      nested: { list: [1, "two", { three: true }] },
      "ünï code": "😀",
    };
    await documents.send(new PutCommand({ TableName, Item }));
    const read = await documents.send(new GetCommand({ TableName, Key: { sku: "chair" } }));
    expect(read.Item).to.deep.equal(Item);
  });

  it("updates, deletes, scans and fetches in batches", async () => {
    for (const sku of ["a", "b", "c"]) await dynamoDb.put(sku, 1);
    const updated = await documents.send(
      new UpdateCommand({
        TableName,
        Key: { sku: "a" },
        UpdateExpression:
          "SET stock = stock + :n, #l = list_append(if_not_exists(#l, :none), :entry)",
        ExpressionAttributeNames: { "#l": "log" },
        ExpressionAttributeValues: { ":n": 4, ":none": [], ":entry": ["more"] },
        ReturnValues: "ALL_NEW",
      }),
    );
    expect(updated.Attributes).to.deep.equal({ sku: "a", stock: 5, log: ["more"] });
    const Key = { sku: "b" };
    const deleted = await documents.send(
      new DeleteCommand({ TableName, Key, ReturnValues: "ALL_OLD" }),
    );
    expect(deleted.Attributes).to.deep.equal({ sku: "b", stock: 1 });
    const scanned = await documents.send(
      new ScanCommand({
        TableName,
        FilterExpression: "stock > :n",
        ExpressionAttributeValues: { ":n": 1 },
      }),
    );
    expect(scanned.Items?.map(({ sku }) => sku)).to.deep.equal(["a"]);
    const { Responses } = await documents.send(
      new BatchGetCommand({
        RequestItems: { stock: { Keys: [{ sku: "a" }, { sku: "b" }, { sku: "c" }] } },
      }),
    );
    expect(Responses?.stock?.map(({ sku }) => sku).sort()).to.deep.equal(["a", "c"]);
  });

  it("pages through a query in the order of the range key", async () => {
    await dynamoDb.tables.create({
      name: "events",
      hashKey: "order",
      rangeKey: "at",
      attributes: { order: "S", at: "N" },
    });
    for (const at of [30, 4, 200, -1]) {
      await documents.send(new PutCommand({ TableName: "events", Item: { order: "1", at } }));
    }
    const query = {
      TableName: "events",
      KeyConditionExpression: "#o = :o AND #at > :min",
      ExpressionAttributeNames: { "#o": "order", "#at": "at" },
      ExpressionAttributeValues: { ":o": "1", ":min": 0 },
    };
    const found: unknown[] = [];
    for await (const page of paginateQuery({ client: documents, pageSize: 2 }, { ...query })) {
      found.push(...(page.Items ?? []).map(({ at }) => at));
    }
    expect(found).to.deep.equal([4, 30, 200]);
    const last = new QueryCommand({ ...query, ScanIndexForward: false, Limit: 1 });
    expect((await documents.send(last)).Items?.map(({ at }) => at)).to.deep.equal([200]);
  });

  it("tells an SDK's typed error the item that failed its condition", async () => {
    await dynamoDb.put("chair", 5);
    const failure = await failureOf(
      dynamoDb.client.send(
        new PutItemCommand({
          TableName,
          Item: { sku: { S: "chair" } },
          ConditionExpression: "attribute_not_exists(sku)",
          ReturnValuesOnConditionCheckFailure: "ALL_OLD",
        }),
      ),
    );
    expect(failure).to.be.instanceOf(ConditionalCheckFailedException);
    expect(failure).to.have.deep.property("Item", stockItem("chair", 5));
  });

  it("tells an SDK's typed error why a transaction was cancelled", async () => {
    await dynamoDb.put("chair", 5);
    const failure = await failureOf(
      dynamoDb.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: { sku: { S: "desk" } } } },
            {
              ConditionCheck: {
                TableName,
                Key: { sku: { S: "chair" } },
                ConditionExpression: "attribute_not_exists(sku)",
                ReturnValuesOnConditionCheckFailure: "ALL_OLD",
              },
            },
          ],
        }),
      ),
    );
    expect(failure).to.be.instanceOf(TransactionCanceledException);
    expect(failure).to.have.deep.property("CancellationReasons", [
      { Code: "None" },
      {
        Code: "ConditionalCheckFailed",
        Message: "The conditional request failed",
        Item: stockItem("chair", 5),
      },
    ]);
    expect(await dynamoDb.stock("desk")).to.equal(undefined);
  });

  it("writes and reads transactions of documents", async () => {
    await documents.send(
      new TransactWriteCommand({
        TransactItems: [
          { Put: { TableName, Item: { sku: "chair", stock: 3 } } },
          { Put: { TableName, Item: { sku: "desk", stock: 1 } } },
        ],
      }),
    );
    const { Responses } = await documents.send(
      new TransactGetCommand({
        TransactItems: ["desk", "chair", "sofa"].map((sku) => ({
          Get: { TableName, Key: { sku } },
        })),
      }),
    );
    expect(Responses).to.deep.equal([
      { Item: { sku: "desk", stock: 1 } },
      { Item: { sku: "chair", stock: 3 } },
      {},
    ]);
  });

  it("keeps what Powertools makes idempotent", async () => {
    await dynamoDb.tables.create({ name: "keys", hashKey: "id", attributes: { id: "S" } });
    let runs = 0;
    const config = new IdempotencyConfig({});
    config.registerLambdaContext(lambdaContext());
    const persistenceStore = new DynamoDBPersistenceLayer({
      tableName: "keys",
      awsSdkV3Client: dynamoDb.client,
    });
    const work = makeIdempotent(
      async (order: { id: string }) => ({ done: order.id, run: ++runs }),
      { config, persistenceStore },
    );
    const first = await work({ id: "1" });
    expect(await work({ id: "1" })).to.deep.equal(first);
    expect(await work({ id: "2" })).to.deep.equal({ done: "2", run: 2 });
    expect(runs).to.equal(2);
  });

  const call = (operation: string, body: string, headers: Record<string, string> = {}) =>
    fetchSigned(
      dynamoDb.url,
      {
        method: "POST",
        headers: { "x-amz-target": `DynamoDB_20120810.${operation}`, ...headers },
        body,
      },
      { service: "dynamodb" },
    );

  it("says in DynamoDB's form what is wrong", async () => {
    const cases = [
      [await call("GetItem", "{"), 400, "com.amazon.coral.service#SerializationException"],
      [await call("GetItem", "[]"), 400, "com.amazon.coral.service#SerializationException"],
      [await call("GetItem", "{}"), 400, "com.amazon.coral.validate#ValidationException"],
      [
        await call("GetItem", '{"TableName":"ghost","Key":{"sku":{"S":"x"}}}'),
        400,
        "com.amazonaws.dynamodb.v20120810#ResourceNotFoundException",
      ],
      [await call("ListBackups", "{}"), 501, "com.amazon.coral.service#NotImplemented"],
      [
        await call("X", "{}", { "x-amz-target": "DynamoDB_20111205.GetItem" }),
        400,
        "com.amazon.coral.service#UnknownOperationException",
      ],
    ] as const;
    for (const [reply, status, type] of cases) {
      expect(reply.headers.get("content-type")).to.equal("application/x-amz-json-1.0");
      const document = JSON.parse(await reply.text());
      expect([reply.status, document.__type]).to.deep.equal([status, type]);
    }
  });
});

describe("permissions of DynamoDB on the wire", () => {
  let dynamoDb: DynamoDbEndpoint;
  const arn = "arn:aws:dynamodb:eu-west-1:000000000000:table/stock";

  beforeEach(async () => {
    dynamoDb = await serveDynamoDb();
    await dynamoDb.put("chair", 5);
  });

  afterEach(() => dynamoDb.close());

  const Key = { sku: { S: "chair" } };
  const Item = stockItem("chair", 1);
  const condition = { TableName, Key, ConditionExpression: "attribute_exists(sku)" };
  const calls: [string, object, [string, string][]][] = [
    ["GetItem", { TableName, Key }, [["dynamodb:GetItem", arn]]],
    ["PutItem", { TableName, Item }, [["dynamodb:PutItem", arn]]],
    ["Scan", { TableName }, [["dynamodb:Scan", arn]]],
    ["Scan", { TableName, IndexName: "byAge" }, [["dynamodb:Scan", `${arn}/index/byAge`]]],
    ["ListTables", {}, [["dynamodb:ListTables", "*"]]],
    ["ListTagsOfResource", { ResourceArn: arn }, [["dynamodb:ListTagsOfResource", arn]]],
    [
      "BatchWriteItem",
      { RequestItems: { stock: [{ PutRequest: { Item } }], ghost: [] } },
      [
        ["dynamodb:BatchWriteItem", arn],
        ["dynamodb:BatchWriteItem", arn.replace("stock", "ghost")],
      ],
    ],
    [
      "TransactWriteItems",
      {
        TransactItems: [
          { Put: { TableName, Item } },
          { Delete: { TableName, Key: { sku: { S: "1" } } } },
          { Delete: { TableName, Key: { sku: { S: "2" } } } },
          { ConditionCheck: condition },
          { Update: { TableName: "ghost", Key } },
        ],
      },
      [
        ["dynamodb:PutItem", arn],
        ["dynamodb:DeleteItem", arn],
        ["dynamodb:ConditionCheckItem", arn],
        ["dynamodb:UpdateItem", arn.replace("stock", "ghost")],
      ],
    ],
    [
      "TransactGetItems",
      { TransactItems: [{ Get: { TableName, Key } }] },
      [["dynamodb:GetItem", arn]],
    ],
  ];
  for (const [operation, input, expected] of calls) {
    it(`are those that IAM names for ${operation} of ${JSON.stringify(input).slice(0, 40)}`, async () => {
      const headers = { "x-amz-target": `DynamoDB_20120810.${operation}` };
      const sent = { method: "POST", headers, body: JSON.stringify(input) };
      await fetchSigned(dynamoDb.url, sent, { service: "dynamodb" });
      expect(dynamoDb.asked.map(({ action, resource }) => [action, resource])).to.deep.equal(
        expected,
      );
      expect(dynamoDb.asked[0]?.context).to.deep.equal({ "aws:SecureTransport": "true" });
    });
  }

  it("when missing stop the call, with the reason", async () => {
    dynamoDb.denyWhere(({ action }) =>
      action === "dynamodb:PutItem" ? "no statement" : undefined,
    );
    const failure = await failureOf(
      dynamoDb.client.send(new PutItemCommand({ TableName, Item: { sku: { S: "chair" } } })),
    );
    expect(failure.name).to.equal("AccessDeniedException");
    expect(failure.message).to.equal(
      `User: arn:aws:iam::000000000000:root is not authorized to perform: dynamodb:PutItem on resource: ${arn}. no statement`,
    );
    expect(await dynamoDb.level("chair")).to.equal(5);
  });

  it("of one part stop the whole transaction", async () => {
    dynamoDb.denyWhere(({ action }) =>
      action === "dynamodb:DeleteItem" ? "no statement" : undefined,
    );
    const failure = await failureOf(
      dynamoDb.client.send(
        new TransactWriteItemsCommand({
          TransactItems: [
            { Put: { TableName, Item: { sku: { S: "desk" } } } },
            { Delete: { TableName, Key } },
          ],
        }),
      ),
    );
    expect(failure.name).to.equal("AccessDeniedException");
    expect(await dynamoDb.stock("desk")).to.equal(undefined);
  });
});
