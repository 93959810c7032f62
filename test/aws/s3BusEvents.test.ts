import { expect } from "chai";
import { compilePattern } from "../../aws/eventPattern.ts";
import { isOnBus, s3EventPattern } from "../../aws/s3BusEvents.ts";

const bucket = "media";

function eventOf(detailType: string, detail: object, key = "in/a.png") {
  return {
    source: "aws.s3",
    "detail-type": detailType,
    detail: { bucket: { name: bucket }, object: { key }, ...detail },
  };
}

const put = eventOf("Object Created", { reason: "PutObject" });
const copied = eventOf("Object Created", { reason: "CopyObject" });
const removed = eventOf("Object Deleted", {
  reason: "DeleteObject",
  "deletion-type": "Permanently Deleted",
});
const marked = eventOf("Object Deleted", {
  reason: "DeleteObject",
  "deletion-type": "Delete Marker Created",
});
const expired = eventOf("Object Deleted", {
  reason: "Lifecycle Expiration",
  "deletion-type": "Permanently Deleted",
});
const tagged = eventOf("Object Tags Added", {});
const all = { put, copied, removed, marked, expired, tagged };

function matched(events: readonly string[]): string[] {
  const matches = compilePattern(s3EventPattern({ bucket, events }));
  return Object.entries(all).flatMap(([name, event]) => (matches(event) ? [name] : []));
}

describe("the pattern of a bucket's events in EventBridge", () => {
  it("is plain for all events of a kind", () => {
    expect(s3EventPattern({ bucket, events: ["s3:ObjectCreated:*"], prefix: "in/" })).to.deep.equal(
      {
        source: ["aws.s3"],
        "detail-type": ["Object Created"],
        detail: { bucket: { name: ["media"] }, object: { key: [{ prefix: "in/" }] } },
      },
    );
  });

  for (const [events, names] of [
    [["s3:ObjectCreated:*"], ["put", "copied"]],
    [["s3:ObjectCreated:Put"], ["put"]],
    [
      ["s3:ObjectCreated:Put", "s3:ObjectCreated:Copy"],
      ["put", "copied"],
    ],
    [["s3:ObjectRemoved:*"], ["removed", "marked"]],
    [["s3:ObjectRemoved:Delete"], ["removed"]],
    [
      ["s3:LifecycleExpiration:*", "s3:ObjectRemoved:DeleteMarkerCreated"],
      ["marked", "expired"],
    ],
    [
      ["s3:ObjectCreated:Put", "s3:ObjectRemoved:*", "s3:ObjectTagging:Put"],
      ["put", "removed", "marked", "tagged"],
    ],
  ] as const) {
    it(`matches ${names.join(", ")} for ${events.join(", ")}`, () => {
      expect(matched(events)).to.have.members(names);
    });
  }

  for (const [prefix, suffix, key, fits] of [
    ["in/", ".png", "in/a.png", true],
    ["in/", ".png", "out/a.png", false],
    ["in/", ".png", "in/a.jpg", false],
    ["my photos/", undefined, "my photos/ä.png", true],
    ["", ".png", "b.png", true],
    ["a*b/", ".png", "a*b/1.png", true],
    ["a*b/", ".png", "aXb/1.png", false],
  ] as const) {
    it(`${fits ? "matches" : "does not match"} "${key}" for "${prefix}" and "${suffix}"`, () => {
      const pattern = s3EventPattern({ bucket, events: ["s3:ObjectCreated:*"], prefix, suffix });
      const event = eventOf("Object Created", { reason: "PutObject" }, key);
      expect(compilePattern(pattern)(event)).to.equal(fits);
    });
  }

  it("exists for the events that S3 sends to EventBridge", () => {
    expect(isOnBus("s3:ObjectRestore:*")).to.equal(true);
    expect(isOnBus("s3:Replication:*")).to.equal(false);
  });
});
