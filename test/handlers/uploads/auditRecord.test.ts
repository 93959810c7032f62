import { expect } from "chai";
import type { ObjectChange } from "../../../handlers/lib/objectChanges/objectChange.ts";
import { readObjectChanges } from "../../../handlers/lib/objectChanges/readObjectChanges.ts";
import { auditKey, auditRecord } from "../../../handlers/uploads/auditRecord.ts";
import { type Change, s3Notification } from "../../harness/handlers/records.ts";

const change = (change: Change): ObjectChange => {
  const [read] = readObjectChanges(s3Notification(change));
  if (read === undefined) throw new Error("no change");
  return read;
};

describe("auditKey", () => {
  it("sorts by day and time, and carries the sequencer", () => {
    expect(auditKey(change({ key: "cat.png" }), "e")).to.match(
      /^audit\/2026\/01\/31\/20260131T103000123Z-0055AED6DCD90281E5-[0-9a-f]{16}\.json$/,
    );
  });

  it("takes the day in UTC", () => {
    const late = change({ key: "cat.png", time: "2026-01-31T23:30:00.000-02:00" });
    expect(auditKey(late, "e")).to.match(/^audit\/2026\/02\/01\/20260201T013000000Z-/);
  });

  it("is the same each time the event comes, in whatever message", () => {
    const keys = ["e-1", "e-2"].map((eventId) => auditKey(change({ key: "cat.png" }), eventId));
    expect(new Set(keys).size).to.equal(1);
  });

  it("tells events apart by key, bucket, name, version, and sequencer", () => {
    const base: Change = { key: "cat.png" };
    const keys = [
      base,
      { ...base, key: "dog.png" },
      { ...base, bucket: "others" },
      { ...base, eventName: "ObjectRemoved:Delete" },
      { ...base, versionId: "v2" },
      { ...base, sequencer: "0055AED6DCD90281E6" },
    ].map((each) => auditKey(change(each), "e"));
    expect(new Set(keys).size).to.equal(6);
  });

  it("goes by the event's message where S3 gives no sequencer", () => {
    const tagging = change({ key: "cat.png", eventName: "ObjectTagging:Put", sequencer: null });
    expect(auditKey(tagging, "event-1")).to.match(/Z-event-1-[0-9a-f]{16}\.json$/);
  });
});

describe("auditRecord", () => {
  it("says who did what to which object, and when, in a line of JSON", () => {
    const line = auditRecord(change({ key: "my photo.png", size: 7, etag: "abc" }));
    expect(line.endsWith("}\n")).to.equal(true);
    expect(JSON.parse(line)).to.deep.equal({
      event: "ObjectCreated:Put",
      time: "2026-01-31T10:30:00.123Z",
      bucket: "uploads",
      key: "my photo.png",
      size: 7,
      etag: "abc",
      sequencer: "0055AED6DCD90281E5",
      requestId: "C3D13FE58DE4C810",
      principalId: "AWS:AIDAEXAMPLE",
      sourceIp: "203.0.113.7",
    });
  });
});
