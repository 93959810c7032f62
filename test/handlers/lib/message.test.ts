import { expect } from "chai";
import { openNotification, openQueueRecord } from "../../../handlers/lib/message.ts";
import { envelope, notificationEvent, queueRecord } from "../../harness/handlers/records.ts";

describe("openQueueRecord", () => {
  it("takes a raw body as it is, and the queue's message id for the event's", () => {
    const record = queueRecord({ messageId: "queue-1", body: "plain text" });
    expect(openQueueRecord(record)).to.deep.equal({
      messageId: "queue-1",
      eventId: "queue-1",
      sentAt: "2026-01-01T00:00:00.000Z",
      body: "plain text",
      attributes: {},
    });
  });

  it("opens SNS's envelope, and takes SNS's message id for the event's", () => {
    const body = envelope({
      messageId: "sns-1",
      timestamp: "2025-12-31T23:59:59.000Z",
      message: '{"orderId":"o-1"}',
      attributes: { event: { Type: "String", Value: "placed" } },
    });
    expect(openQueueRecord(queueRecord({ messageId: "queue-1", body }))).to.deep.equal({
      messageId: "queue-1",
      eventId: "sns-1",
      sentAt: "2025-12-31T23:59:59.000Z",
      body: '{"orderId":"o-1"}',
      attributes: { event: "placed" },
    });
  });

  it("opens an envelope without attributes", () => {
    const record = queueRecord({ body: envelope({ message: "hello" }) });
    expect(openQueueRecord(record)).to.include({ body: "hello" }).and.deep.include({
      attributes: {},
    });
  });

  it("gives the attributes of a raw message: texts, numbers as text, binary values as base64", () => {
    const lists = { stringListValues: [], binaryListValues: [] };
    const record = queueRecord({
      body: "{}",
      messageAttributes: {
        event: { stringValue: "placed", dataType: "String", ...lists },
        amount: { stringValue: "12.5", dataType: "Number", ...lists },
        stamp: { binaryValue: "AQID", dataType: "Binary", ...lists },
      },
    });
    expect(openQueueRecord(record).attributes).to.deep.equal({
      event: "placed",
      amount: "12.5",
      stamp: "AQID",
    });
  });

  for (const [what, body] of Object.entries({
    "JSON of the publisher's own": '{"Message":"hello"}',
    "another of SNS's messages": envelope({ message: "x" }).replace(
      "Notification",
      "SubscriptionConfirmation",
    ),
    "a JSON null": "null",
    "an empty text": "",
  })) {
    it(`does not take ${what} for an envelope`, () => {
      expect(openQueueRecord(queueRecord({ body })).body).to.equal(body);
    });
  }
});

describe("openNotification", () => {
  it("gives the message of a direct invocation", () => {
    const [record] = notificationEvent({
      messageId: "sns-1",
      message: "hello",
      attributes: { kinds: { Type: "String.Array", Value: '["a","b"]' } },
    }).Records;
    expect(record && openNotification(record)).to.deep.equal({
      messageId: "sns-1",
      eventId: "sns-1",
      sentAt: "2026-01-01T00:00:00.000Z",
      body: "hello",
      attributes: { kinds: '["a","b"]' },
    });
  });
});
