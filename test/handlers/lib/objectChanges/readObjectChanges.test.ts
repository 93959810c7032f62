import { expect } from "chai";
import { readObjectChanges } from "../../../../handlers/lib/objectChanges/readObjectChanges.ts";
import { PermanentError } from "../../../../handlers/lib/permanentError.ts";
import { s3BusEvent } from "../../../harness/handlers/busEvents.ts";
import { s3Notification, s3TestEvent } from "../../../harness/handlers/records.ts";

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

/** AWS's examples: https://docs.aws.amazon.com/AmazonS3/latest/userguide/ev-events.html */
describe("readObjectChanges, of an event of EventBridge", () => {
  it("reads every field of a creation", () => {
    expect(readObjectChanges(s3BusEvent.created())).to.deep.equal([
      {
        kind: "created",
        eventName: "ObjectCreated:Put",
        time: "2021-11-12T00:00:00Z",
        bucket: "amzn-s3-demo-bucket1",
        key: "example-key",
        size: 5,
        etag: "b1946ac92492d2347c6235b4d2611184",
        versionId: "IYV3p45BT0ac8hjHg1houSdS1a.Mro8e",
        sequencer: "617f08299329d189",
        requestId: "N4N7GDK58NMKJ12R",
        requester: "123456789012",
        sourceIp: "1.2.3.4",
      },
    ]);
  });

  it("reads a deletion, which has no size", () => {
    expect(readObjectChanges(s3BusEvent.deleted())).to.deep.equal([
      {
        kind: "removed",
        eventName: "ObjectRemoved:DeleteMarkerCreated",
        time: "2021-11-12T00:00:00Z",
        bucket: "amzn-s3-demo-bucket1",
        key: "example-key",
        size: undefined,
        etag: "d41d8cd98f00b204e9800998ecf8427e",
        versionId: "1QW9g1Z99LUNbvaaYVpW9xDlOLU.qxgF",
        sequencer: "617f0837b476e463",
        requestId: "0BH729840619AG5K",
        requester: "123456789012",
        sourceIp: "1.2.3.4",
      },
    ]);
  });

  it("reads a deletion by a lifecycle rule, which has no address", () => {
    expect(readObjectChanges(s3BusEvent.expired())[0]).to.include({
      kind: "removed",
      eventName: "LifecycleExpiration:DeleteMarkerCreated",
      requester: "s3.amazonaws.com",
      sourceIp: undefined,
    });
  });

  it("takes a restored object for neither created nor removed", () => {
    expect(readObjectChanges(s3BusEvent.restored())[0]).to.include({
      kind: "other",
      eventName: "ObjectRestore:Completed",
      size: undefined,
    });
  });

  it("leaves the key as it is, because it is not encoded", () => {
    const body = s3BusEvent.created({ key: "a+b %20/café.png" });
    expect(readObjectChanges(body)[0]?.key).to.equal("a+b %20/café.png");
  });

  it("names an event by its detail type if its cause is not documented", () => {
    const body = s3BusEvent.created().replace("PutObject", "RenameObject");
    expect(readObjectChanges(body)[0]).to.include({ kind: "created", eventName: "Object Created" });
  });

  it("rejects for good the event of another source, and one without an object", () => {
    const body = s3BusEvent.created();
    expect(() => readObjectChanges(body.replace("aws.s3", "shop"))).to.throw(
      PermanentError,
      "not a valid S3 event of EventBridge: source",
    );
    expect(() => readObjectChanges(body.replace('"object"', '"thing"'))).to.throw(
      PermanentError,
      "detail.object",
    );
  });
});
