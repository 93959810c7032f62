import { expect } from "chai";
import { handleBatch } from "../../../../handlers/lib/batch.ts";
import type { Message } from "../../../../handlers/lib/message.ts";
import { forEachObjectChange } from "../../../../handlers/lib/objectChanges/forEachObjectChange.ts";
import { isPermanent, PermanentError } from "../../../../handlers/lib/permanentError.ts";
import { s3BusEvent } from "../../../harness/handlers/busEvents.ts";
import { runHandler } from "../../../harness/handlers/handlerRun.ts";
import {
  envelope,
  queueEvent,
  s3Notification,
  s3TestEvent,
} from "../../../harness/handlers/records.ts";

const message = (body: string): Message => ({
  messageId: "m",
  eventId: "e",
  sentAt: "2026-01-01T00:00:00.000Z",
  body,
  attributes: {},
});

describe("forEachObjectChange", () => {
  it("adds the object to each outcome", async () => {
    const body = s3Notification({ key: "a b" }, { key: "c", eventName: "ObjectRemoved:Delete" });
    const outcomes = await forEachObjectChange(message(body), async ({ kind }) => ({
      outcome: kind,
    }));
    const request = { bucket: "uploads", requestId: "C3D13FE58DE4C810" };
    expect(outcomes).to.deep.equal([
      { outcome: "created", eventName: "ObjectCreated:Put", key: "a b", ...request },
      { outcome: "removed", eventName: "ObjectRemoved:Delete", key: "c", ...request },
    ]);
  });

  it("reads an event of EventBridge raw and in SNS's envelope", async () => {
    const keys: string[] = [];
    const handler = handleBatch((message) =>
      forEachObjectChange(message, async ({ key }) => {
        keys.push(key);
        return { outcome: "done" };
      }),
    );
    const raw = s3BusEvent.created({ key: "raw key" });
    const enveloped = envelope({ message: s3BusEvent.created({ key: "enveloped key" }) });
    const { result } = await runHandler(handler, queueEvent({ body: raw }, { body: enveloped }));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(keys.sort()).to.deep.equal(["enveloped key", "raw key"]);
  });

  it("ignores a message that names no object", async () => {
    const outcomes = await forEachObjectChange(message(s3TestEvent), async () => {
      throw new Error("called");
    });
    expect(outcomes).to.deep.equal([
      { outcome: "ignored", reason: "names no object", skipped: true },
    ]);
  });

  it("says in an error which object it was, and keeps it permanent", async () => {
    const failure = await forEachObjectChange(message(s3Notification({ key: "a b" })), async () => {
      throw new PermanentError("malformed");
    }).then(
      () => undefined,
      (error) => error,
    );
    expect(failure).to.have.property(
      "message",
      'ObjectCreated:Put of "a b" in bucket uploads could not be handled',
    );
    expect(isPermanent(failure)).to.equal(true);
  });
});
