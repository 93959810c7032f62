import { expect } from "chai";
import { owner } from "../../../local/protocol/access.ts";
import { addsData } from "../../../local/protocol/addsData.ts";
import type { Call } from "../../../local/protocol/call.ts";

describe("a call", () => {
  const call = (changes: Partial<Call>): Call => ({
    ...{ method: "POST", path: "/", query: new URLSearchParams(), headers: {} },
    ...{ body: Buffer.alloc(0), service: "sqs", region: "eu-west-1" },
    ...{ principal: owner, callerArn: "arn:aws:iam::000000000000:root" },
    ...changes,
  });
  const target = (operation: string) => call({ headers: { "x-amz-target": `X.${operation}` } });
  const action = (name: string) =>
    call({
      headers: { "content-type": "application/x-www-form-urlencoded" },
      body: Buffer.from(`Version=2010-03-31&Action=${name}`),
    });

  for (const name of [
    ...["SendMessage", "SendMessageBatch", "PutItem", "UpdateItem", "BatchWriteItem"],
    ...["TransactWriteItems", "PutRecords", "CreateQueue", "TagQueue", "StartMessageMoveTask"],
  ]) {
    it(`adds data: ${name}`, () => expect(addsData(target(name))).to.equal(true));
  }

  for (const name of [
    ...["ReceiveMessage", "DeleteMessageBatch", "ChangeMessageVisibility", "PurgeQueue", "Query"],
    ...["GetQueueAttributes", "ListQueues", "BatchGetItem", "TransactGetItems", "Scan"],
  ]) {
    it(`adds none: ${name}`, () => expect(addsData(target(name))).to.equal(false));
  }

  it("is known by its action in the query protocol", () => {
    expect(addsData(action("Publish"))).to.equal(true);
    expect(addsData(action("ListTopics"))).to.equal(false);
    const query = new URLSearchParams("Action=ConfirmSubscription");
    expect(addsData(call({ method: "GET", query }))).to.equal(true);
  });

  it("is known by its method in S3, where a POST may delete", () => {
    const to = (method: string, query = "") =>
      addsData(call({ method, service: "s3", query: new URLSearchParams(query) }));
    expect([to("PUT"), to("POST", "uploads")]).to.deep.equal([true, true]);
    expect([to("GET"), to("HEAD"), to("DELETE"), to("POST", "delete")]).to.deep.equal([
      ...[false, false, false, false],
    ]);
  });
});
