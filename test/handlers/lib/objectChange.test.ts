import { expect } from "chai";
import type { Message } from "../../../handlers/lib/message.ts";
import { forEachObjectChange, readObjectChanges } from "../../../handlers/lib/objectChange.ts";
import { isPermanent, PermanentError } from "../../../handlers/lib/permanentError.ts";
import { s3Notification, s3TestEvent } from "../../harness/handlers/records.ts";

const message = (body: string): Message => ({
  messageId: "m",
  eventId: "e",
  sentAt: "2026-01-01T00:00:00.000Z",
  body,
  attributes: {},
});

describe("readObjectChanges", () => {
  it("reads every field of a creation", () => {
    const body = s3Notification({
      key: "photos/cat.png",
      eventName: "ObjectCreated:Put",
      size: 1024,
      etag: "d41d8cd98f00b204e9800998ecf8427e",
      versionId: "096fKKXTRTtl3on89fVO.nfljtsv6qko",
      sequencer: "0055AED6DCD90281E5",
      time: "2026-01-31T10:30:00.123Z",
    });
    expect(readObjectChanges(body)).to.deep.equal([
      {
        kind: "created",
        eventName: "ObjectCreated:Put",
        time: "2026-01-31T10:30:00.123Z",
        bucket: "uploads",
        key: "photos/cat.png",
        size: 1024,
        etag: "d41d8cd98f00b204e9800998ecf8427e",
        versionId: "096fKKXTRTtl3on89fVO.nfljtsv6qko",
        sequencer: "0055AED6DCD90281E5",
        requestId: "C3D13FE58DE4C810",
        principalId: "AWS:AIDAEXAMPLE",
        sourceIp: "203.0.113.7",
      },
    ]);
  });

  it("reads a removal, which has neither size nor etag", () => {
    const [change] = readObjectChanges(
      s3Notification({ key: "cat.png", eventName: "ObjectRemoved:Delete" }),
    );
    expect(change).to.include({ kind: "removed", size: undefined, etag: undefined });
  });

  it("reads several records in their order", () => {
    const body = s3Notification({ key: "a" }, { key: "b" });
    expect(readObjectChanges(body).map(({ key }) => key)).to.deep.equal(["a", "b"]);
  });

  for (const [encoded, key] of [
    ["my+photo.png", "my photo.png"],
    ["a%2Bb.png", "a+b.png"],
    ["caf%C3%A9/%E5%9B%BE.png", "café/图.png"],
    ["100%25.png", "100%.png"],
    ["a%20b+c%2520d", "a b c%20d"],
    ["user%40example.com", "user@example.com"],
  ] as const) {
    it(`decodes the key ${encoded}`, () => {
      const body = s3Notification({ key: "KEY" }).replace('"KEY"', JSON.stringify(encoded));
      expect(readObjectChanges(body)[0]?.key).to.equal(key);
    });
  }

  for (const [eventName, kind] of [
    ["ObjectCreated:Put", "created"],
    ["ObjectCreated:CompleteMultipartUpload", "created"],
    ["s3:ObjectCreated:Copy", "created"],
    ["ObjectRemoved:Delete", "removed"],
    ["ObjectRemoved:DeleteMarkerCreated", "removed"],
    ["LifecycleExpiration:Delete", "removed"],
    ["LifecycleExpiration:DeleteMarkerCreated", "removed"],
    ["ObjectTagging:Put", "other"],
    ["ObjectRestore:Completed", "other"],
  ] as const) {
    it(`takes ${eventName} for ${kind}`, () => {
      const [change] = readObjectChanges(s3Notification({ key: "a", eventName }));
      expect(change).to.include({ kind, eventName: eventName.replace("s3:", "") });
    });
  }

  it("finds nothing in s3:TestEvent", () => {
    expect(readObjectChanges(s3TestEvent)).to.deep.equal([]);
  });

  it("refuses for good what is no notification of S3", () => {
    expect(() => readObjectChanges("hello")).to.throw(PermanentError, "not JSON");
    expect(() => readObjectChanges('{"Records":[{"s3":{}}]}')).to.throw(
      PermanentError,
      "Records.0.eventSource",
    );
    expect(() => readObjectChanges('{"Records":[]}')).not.to.throw();
  });

  it("refuses for good a key that is not form-encoded", () => {
    const body = s3Notification({ key: "KEY" }).replace('"KEY"', '"100%.png"');
    expect(() => readObjectChanges(body)).to.throw(
      PermanentError,
      'not a valid S3 key: "100%.png" is not form-encoded',
    );
  });
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
