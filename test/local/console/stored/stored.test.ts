import { PutItemCommand } from "@aws-sdk/client-dynamodb";
import { PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type {
  BucketView,
  ObjectView,
  Stores,
  TableItems,
} from "../../../../local/console/stored/types.ts";
import { type ConsoleClient, consoleClient } from "../../../harness/runs/consoleApi.ts";
import { startTestRun, type TestRun } from "../../../harness/runs/localRun.ts";

const bucket = "arn:aws:s3:::uploads";

describe("what is stored", () => {
  let test: TestRun;
  let api: ConsoleClient;
  before(async () => {
    test = await startTestRun(["uploads"]);
    api = consoleClient(test);
    const put = (Key: string, Body: string | Buffer, ContentType: string) =>
      test.clients.s3.send(new PutObjectCommand({ Bucket: "uploads", Key, Body, ContentType }));
    await put("notes/a b.txt", "hello", "text/plain");
    await put("page.html", "<script>alert(1)</script>", "text/html");
    await put("raw", Buffer.from([0, 1, 2, 255]), "application/octet-stream");
    await test.settle();
  });
  after(() => test.close());

  it("is every bucket and table, with how much is in it", async () => {
    const { buckets, tables } = (await api.get("stores")).body as Stores;
    expect(buckets.find(({ arn }) => arn === bucket)).to.deep.equal({
      arn: bucket,
      name: "uploads",
      count: { number: 3, more: false },
    });
    expect(tables.map(({ name }) => name)).to.include("catalog");
  });

  it("shows objects by key, each with the event that put it", async () => {
    const { objects, more } = (await api.get("bucket", { arn: bucket })).body as BucketView;
    expect(objects.map(({ key, size }) => [key, size])).to.deep.equal([
      ["notes/a b.txt", 5],
      ["page.html", 25],
      ["raw", 4],
    ]);
    expect(more).to.equal(false);
    const stored = test.run.cloud.trace.recent().find(({ kind }) => kind === "stored");
    expect(objects[0]?.event).to.equal(stored?.event);
    const { body } = await api.get("bucket", { arn: bucket, prefix: "notes/" });
    expect((body as BucketView).objects).to.have.lengthOf(1);
  });

  it("shows the text of an object, and of no other bytes", async () => {
    const object = async (key: string) =>
      (await api.get("object", { arn: bucket, key })).body as ObjectView;
    expect(await object("notes/a b.txt")).to.include({ text: "hello", contentType: "text/plain" });
    expect(await object("raw")).not.to.have.property("text");
    expect((await api.get("object", { arn: bucket, key: "none" })).status).to.equal(404);
  });

  it("is served as a file in which nothing runs", async () => {
    const query = new URLSearchParams({ bucket: "uploads", key: "page.html" });
    const response = await fetch(`${test.run.url}/_fanout/object?${query}`);
    expect(response.headers.get("content-type")).to.equal("application/octet-stream");
    expect(response.headers.get("content-disposition")).to.match(/^attachment/);
    expect(response.headers.get("content-security-policy")).to.contain("sandbox");
    expect(await response.text()).to.equal("<script>alert(1)</script>");
  });

  it("shows the items of a table without DynamoDB's types", async () => {
    const TableName = "catalog";
    const { keys } = (await api.get("table", { name: TableName })).body as TableItems;
    const Item = {
      ...Object.fromEntries(keys.map((key) => [key, { S: "k" }])),
      size: { N: "12" },
      parts: { L: [{ BOOL: true }, { NULL: true }] },
      large: { N: "12345678901234567890" },
    };
    await test.clients.dynamodb.send(new PutItemCommand({ TableName, Item }));
    const { items } = (await api.get("table", { name: TableName })).body as TableItems;
    expect(items.find(({ size }) => size === 12)).to.deep.include({
      parts: [true, null],
      large: "12345678901234567890",
    });
  });
});
