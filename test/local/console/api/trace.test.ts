import { PublishCommand } from "@aws-sdk/client-sns";
import { expect } from "chai";
import type { EventTrace } from "../../../../local/trace/spans/traceSpans.ts";
import { consoleClient } from "../../../harness/runs/consoleApi.ts";
import { startTestRun, type TestRun } from "../../../harness/runs/localRun.ts";

describe("the trace of an event, of the console's API", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["walkthrough"]);
  });
  after(() => test.close());

  it("holds the publish and every delivery, in the publisher's trace", async () => {
    const traceId = "a".repeat(32);
    const StringValue = `00-${traceId}-${"b".repeat(16)}-01`;
    const { MessageId: id = "" } = await test.clients.sns.send(
      new PublishCommand({
        TopicArn: test.system("walkthrough").topicArn,
        Message: "{}",
        MessageAttributes: { traceparent: { DataType: "String", StringValue } },
      }),
    );
    await test.clock.advance(60_000);
    const { body } = await consoleClient(test).get("trace", { id });
    const { spans, ...trace } = body as EventTrace;
    expect(trace).to.deep.equal({ traceId });
    const names = new Map(spans.map(({ spanId, name }) => [spanId, name]));
    const parents = new Set(
      spans.map(
        ({ name, parentSpanId = "" }) => `${name} < ${names.get(parentSpanId) ?? parentSpanId}`,
      ),
    );
    expect([...parents]).to.have.members([
      "publish walkthrough < bbbbbbbbbbbbbbbb",
      "wait in walkthrough-QueueA < publish walkthrough",
      "wait in walkthrough-QueueB < publish walkthrough",
      "process walkthrough-QueueA < wait in walkthrough-QueueA",
      "process walkthrough-QueueB < wait in walkthrough-QueueB",
      "process walkthrough-direct < publish walkthrough",
    ]);
    expect(spans.every(({ end }) => end !== undefined)).to.equal(true);
  });

  it("is empty for an event that is not known", async () => {
    expect(await consoleClient(test).get("trace", { id: "x" })).to.deep.equal({
      status: 200,
      body: { spans: [] },
    });
  });
});
