import { expect } from "chai";
import { titleOf } from "../../../../local/console/events/eventTitle.ts";
import type { Step } from "../../../../local/trace/hop.ts";

function title(step: Step, to = "arn:aws:sns:r:0:t"): string {
  return titleOf({ sequence: 1, time: 1, event: "e", from: "me", to, ...step });
}

function ofMessage(body: unknown, attributes: Record<string, string> = {}): string {
  return title({
    kind: "published",
    messageId: "m",
    body: typeof body === "string" ? body : JSON.stringify(body),
    attributes: Object.fromEntries(
      Object.entries(attributes).map(([name, stringValue]) => [
        name,
        { dataType: "String", stringValue },
      ]),
    ),
  });
}

describe("the title of an event", () => {
  it("says of a message what happened, and to what", () => {
    expect(ofMessage({ orderId: "o-1", event: "placed" })).to.equal("placed · orderId o-1");
    expect(ofMessage({ postId: "p-1" }, { type: "like" })).to.equal("like · postId p-1");
    expect(ofMessage({ level: "error", text: "no" })).to.equal("error");
  });

  it("is the beginning of a message that has no such names", () => {
    expect(ofMessage({ a: 1 })).to.equal('{"a":1}');
    expect(ofMessage("Hello,\n world")).to.equal("Hello, world");
    expect(ofMessage("Hello", { type: "x" })).to.equal("Hello");
  });

  it("says of an object what was done to it, and where", () => {
    const stored = (eventName: string) =>
      title({ kind: "stored", key: "a.png", eventName }, "arn:aws:s3:::photos");
    expect(stored("ObjectCreated:Put")).to.equal("Put a.png in photos");
    expect(stored("ObjectCreated:CompleteMultipartUpload")).to.equal("Upload a.png in photos");
    expect(stored("ObjectRemoved:Delete")).to.equal("Delete a.png from photos");
  });

  it("names a test event of S3", () => {
    expect(ofMessage({ Event: "s3:TestEvent", Bucket: "photos" })).to.equal("Test event of photos");
  });
});
