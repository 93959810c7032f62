import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { StreamViewType } from "../../../../local/services/dynamodb/interface.ts";
import type { Tables } from "../../../../local/services/dynamodb/tables.ts";
import { StreamMappings } from "../../../../local/services/lambda/streamMappings/streamMappings.ts";
import { functionOf, startLambda } from "../../../harness/cloud/lambda.ts";
import { makeTables, stockItem } from "../../../harness/cloud/tables.ts";

const chair = { sku: { S: "chair" } };

describe("the stream of a table", () => {
  let tables: Tables;
  let put: Awaited<ReturnType<typeof makeTables>>["put"];
  beforeEach(async () => {
    ({ tables, put } = await makeTables());
  });
  afterEach(() => tables.close());

  async function streamArn(of: Tables = tables): Promise<string> {
    return (await of.streams.of("stock"))?.arn ?? "";
  }

  /** What each record says, without the sizes. */
  async function changes() {
    const records = tables.streams.read(await streamArn(), "", "", 100);
    return records.map(({ data }) => {
      const { eventName, dynamodb } = JSON.parse(data.toString("utf8"));
      const { SizeBytes: _size, StreamViewType: _view, ...images } = dynamodb;
      return { eventName, ...images };
    });
  }

  async function changeChair(view: StreamViewType) {
    await tables.streams.set("stock", view);
    await put("chair", 1);
    await put("chair", 1);
    await tables.call("UpdateItem", {
      TableName: "stock",
      Key: chair,
      UpdateExpression: "SET stock = :two",
      ExpressionAttributeValues: { ":two": { N: "2" } },
    });
    await tables.call("DeleteItem", { TableName: "stock", Key: chair });
    await tables.call("DeleteItem", { TableName: "stock", Key: chair });
  }

  it("has a record for each change of an item, and none for a write that changes nothing", async () => {
    await changeChair("NEW_AND_OLD_IMAGES");
    expect(await changes()).to.deep.equal([
      { eventName: "INSERT", Keys: chair, NewImage: stockItem("chair", 1) },
      {
        eventName: "MODIFY",
        Keys: chair,
        NewImage: stockItem("chair", 2),
        OldImage: stockItem("chair", 1),
      },
      { eventName: "REMOVE", Keys: chair, OldImage: stockItem("chair", 2) },
    ]);
  });

  const views: [StreamViewType, string[][]][] = [
    ["KEYS_ONLY", [["Keys"], ["Keys"], ["Keys"]]],
    ["NEW_IMAGE", [["Keys", "NewImage"], ["Keys", "NewImage"], ["Keys"]]],
    ["OLD_IMAGE", [["Keys"], ["Keys", "OldImage"], ["Keys", "OldImage"]]],
  ];
  for (const [view, expected] of views) {
    it(`has the images of ${view} only`, async () => {
      await changeChair(view);
      const found = (await changes()).map(({ eventName: _name, ...images }) => Object.keys(images));
      expect(found).to.deep.equal(expected);
    });
  }

  it("has the changes of batches and of transactions, and none of a table without a stream", async () => {
    await put("before", 1);
    await tables.streams.set("stock", "KEYS_ONLY");
    const requests = ["a", "b"].map((sku) => ({ PutRequest: { Item: stockItem(sku, 1) } }));
    await tables.call("BatchWriteItem", { RequestItems: { stock: requests } });
    await tables.call("TransactWriteItems", {
      TransactItems: [
        { Put: { TableName: "stock", Item: stockItem("c", 1) } },
        { Delete: { TableName: "stock", Key: { sku: { S: "a" } } } },
      ],
    });
    const found = (await changes()).map(({ eventName, Keys }) => `${eventName} ${Keys.sku.S}`);
    expect(found.toSorted()).to.deep.equal(["INSERT a", "INSERT b", "INSERT c", "REMOVE a"]);
    await tables.streams.set("stock", undefined);
    expect(await streamArn()).to.equal("");
    await put("after", 1);
  });

  it("is kept with the table's data, and another is made when its view changes", async () => {
    const directory = mkdtempSync(path.join(tmpdir(), "streams-"));
    try {
      const first = await makeTables(directory);
      await first.tables.streams.set("stock", "KEYS_ONLY");
      const arn = await streamArn(first.tables);
      expect(arn).to.match(
        /^arn:aws:dynamodb:eu-west-1:000000000000:table\/stock\/stream\/\d{4}-\d\d-\d\dT[\d:.]+$/,
      );
      await first.tables.close();
      const second = await makeTables(directory);
      await second.tables.streams.open();
      expect(second.tables.streams.find(arn)?.arn).to.equal(arn);
      await second.clock.advance(1);
      await second.tables.streams.set("stock", "NEW_IMAGE");
      expect(second.tables.streams.find(arn)).to.equal(undefined);
      await second.tables.close();
    } finally {
      rmSync(directory, { recursive: true });
    }
  });

  it("invokes a function with the changes that match its filters", async () => {
    const { functions, clock, trace } = startLambda();
    const events: { Records: object[] }[] = [];
    functions.invoke = async (_arn, event) => {
      events.push(JSON.parse(event));
      return { outcome: "succeeded", payload: "null", requestId: "i", log: "", milliseconds: 1 };
    };
    const { arn: functionArn } = functions.create(functionOf(""));
    await tables.streams.set("stock", "NEW_IMAGE");
    const asked: string[] = [];
    const mappings = new StreamMappings({
      ...{ clock, trace, functions, region: "eu-west-1" },
      streams: { dynamodb: tables.streams },
      authorize: ({ action }) => {
        asked.push(action);
        return { allowed: true };
      },
      queues: { send: () => ({ messageId: "", md5OfBody: "" }) },
      topics: { publish: () => ({ messageId: "" }) },
    });
    const definition = {
      uuid: "m-1",
      functionArn,
      streamArn: await streamArn(),
      batchSize: 100,
      windowSeconds: 0,
      reportBatchItemFailures: false,
      bisectOnError: false,
      maximumRetryAttempts: -1,
      maximumRecordAgeSeconds: -1,
      filters: [
        JSON.stringify({
          eventName: ["INSERT"],
          dynamodb: { NewImage: { sku: { S: [{ prefix: "ch" }] } } },
        }),
      ],
      enabled: true,
    };
    mappings.create({ ...definition, start: { position: "TRIM_HORIZON" } });
    await put("chair", 1);
    await put("table", 1);
    await put("chair", 2);
    await clock.advance(0);
    expect(asked).to.deep.equal([
      "dynamodb:DescribeStream",
      "dynamodb:GetRecords",
      "dynamodb:GetShardIterator",
      "dynamodb:ListStreams",
    ]);
    const [{ eventID, ...record } = { eventID: "" }, ...others] = events.flatMap(
      ({ Records }) => Records as { eventID: string }[],
    );
    expect(others).to.deep.equal([]);
    expect(eventID).to.match(/^[\da-f]{32}$/);
    expect(record).to.deep.equal({
      eventName: "INSERT",
      eventVersion: "1.1",
      eventSource: "aws:dynamodb",
      awsRegion: "eu-west-1",
      eventSourceARN: await streamArn(),
      dynamodb: {
        ApproximateCreationDateTime: 1_767_225_600,
        Keys: chair,
        NewImage: stockItem("chair", 1),
        SequenceNumber: "100000000000000000001",
        SizeBytes: 23,
        StreamViewType: "NEW_IMAGE",
      },
    });
    const start = { position: "AT_TIMESTAMP", time: 0 } as const;
    expect(() => mappings.create({ ...definition, uuid: "m-2", start })).to.throw(
      "Unsupported starting position",
    );
    mappings.close();
    await functions.close();
  });
});
