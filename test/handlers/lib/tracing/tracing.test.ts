import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { expect } from "chai";
import * as v from "valibot";
import {
  formatTraceparent,
  formatXrayHeader,
  newTraceparent,
  parseTraceparent,
  parseXrayHeader,
} from "../../../../aws/traceContext.ts";
import { handleBatch } from "../../../../handlers/lib/batch.ts";
import { openNotification, openQueueRecord } from "../../../../handlers/lib/message.ts";
import { messageType } from "../../../../handlers/lib/messages/messageType.ts";
import { currentTrace } from "../../../../handlers/lib/tracing/currentTrace.ts";
import { publisher } from "../../../../publisher/publisher.ts";
import { runHandler } from "../../../harness/handlers/handlerRun.ts";
import {
  envelope,
  notificationEvent,
  queueEvent,
  queueRecord,
} from "../../../harness/handlers/records.ts";
import { SdkCalls } from "../../../harness/handlers/sdkCalls.ts";

const traceId = "67891233abcdef012345678912345678";
const parentId = "53995c3f42cd8ad8";
const traceparent = `00-${traceId}-${parentId}-01`;
const xray = `Root=1-67891233-abcdef012345678912345678;Parent=${parentId};Sampled=1`;
const trace = { traceId, parentId, sampled: true };

const raw = (text: string) => ({
  traceparent: {
    stringValue: text,
    dataType: "String",
    stringListValues: [],
    binaryListValues: [],
  },
});
const withXray = (body: string) => {
  const record = queueRecord({ body });
  return { ...record, attributes: { ...record.attributes, AWSTraceHeader: xray } };
};

describe("a trace context", () => {
  it("is read from W3C's header and from X-Ray's, which name the same trace", () => {
    expect(parseTraceparent(traceparent)).to.deep.equal(trace);
    expect(parseXrayHeader(xray)).to.deep.equal(trace);
    expect([formatTraceparent(trace), formatXrayHeader(trace)]).to.deep.equal([traceparent, xray]);
    expect(parseTraceparent(newTraceparent())).to.include({ sampled: true });
  });

  for (const text of [
    "",
    "00-1-2-01",
    traceparent.toUpperCase(),
    `00-${"0".repeat(32)}-${parentId}-01`,
    `00-${traceId}-${"0".repeat(16)}-01`,
  ]) {
    it(`is not read from the traceparent "${text}"`, () => {
      expect(parseTraceparent(text)).to.equal(undefined);
    });
  }

  it("is not read from an X-Ray header without a parent", () => {
    expect(parseXrayHeader("Root=1-67891233-abcdef012345678912345678")).to.equal(undefined);
    expect(parseXrayHeader(undefined)).to.equal(undefined);
  });
});

describe("the trace of a message", () => {
  it("is that of its attribute traceparent, with raw delivery, in an envelope, or invoked directly", () => {
    const attributes = { traceparent: { Type: "String", Value: traceparent } };
    const inEnvelope = envelope({ message: "m", attributes });
    const [direct] = notificationEvent({ message: "m", attributes }).Records;
    if (direct === undefined) throw new Error("no record");
    const messages = [
      openQueueRecord(queueRecord({ body: "m", messageAttributes: raw(traceparent) })),
      openQueueRecord(queueRecord({ body: inEnvelope })),
      openNotification(direct),
    ];
    expect(messages.map((message) => message.trace)).to.deep.equal([trace, trace, trace]);
  });

  it("is X-Ray's where there is no such attribute, and absent without either", () => {
    expect(openQueueRecord(withXray("m")).trace).to.deep.equal(trace);
    expect(openQueueRecord(withXray(envelope({ message: "m" }))).trace).to.deep.equal(trace);
    expect(openQueueRecord(queueRecord({ body: "m" }))).not.to.have.property("trace");
  });

  it("is that of the invocation for a message without one, where X-Ray samples it", () => {
    const [direct] = notificationEvent({ message: "m" }).Records;
    if (direct === undefined) throw new Error("no record");
    const traceOf = (header: string) => {
      process.env._X_AMZN_TRACE_ID = header;
      try {
        return [openNotification(direct).trace, currentTrace()];
      } finally {
        delete process.env._X_AMZN_TRACE_ID;
      }
    };
    expect(traceOf(xray)).to.deep.equal([trace, trace]);
    expect(traceOf(xray.replace("Sampled=1", "Sampled=0"))).to.deep.equal([undefined, undefined]);
  });

  it("is logged, and continued by what the handler publishes, for each message of a batch", async () => {
    const calls = new SdkCalls().on(PublishCommand, () => ({ MessageId: "m" }));
    const next = publisher(messageType("next", { schema: v.object({ n: v.string() }) }), {
      topicArn: "arn:aws:sns:eu-west-1:000000000000:next",
      client: new SNSClient({ region: "eu-west-1" }),
    });
    const handler = handleBatch(async ({ body }) => {
      await next.publish({ n: body });
      return { outcome: "published" };
    });
    const other = `00-${"b".repeat(32)}-${parentId}-01`;
    calls.start();
    try {
      const { log } = await runHandler(
        handler,
        queueEvent(
          { body: "1", messageAttributes: raw(traceparent) },
          { body: "2", messageAttributes: raw(other) },
          { body: "3" },
        ),
      );
      expect(log.map((line) => line.traceId)).to.have.members([traceId, "b".repeat(32), undefined]);
      const sent = calls
        .of(PublishCommand)
        .map(({ Message = "", MessageAttributes }) => [
          JSON.parse(Message).n,
          MessageAttributes?.traceparent?.StringValue,
        ]);
      expect(sent).to.have.deep.members([
        ["1", traceparent],
        ["2", other],
        ["3", undefined],
      ]);
    } finally {
      calls.stop();
    }
  });
});
