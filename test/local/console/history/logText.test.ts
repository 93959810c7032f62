import { expect } from "chai";
import { causeIn, errorIn, readable } from "../../../../local/console/history/logText.ts";

const lines = (...entries: unknown[]) =>
  entries.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");

describe("a log", () => {
  it("tells its last error, by the message of what was thrown where there is one", () => {
    const first = { level: "ERROR", message: "failed", error: { message: "no such order" } };
    const info = { level: "INFO", message: "done" };
    expect(errorIn(lines("START", first, info, "END"))).to.equal("no such order");
    expect(errorIn(lines(first, { level: "ERROR", message: "worse" }))).to.equal("worse");
    expect(errorIn(lines("ERROR", info, "{ no JSON", "{}"))).to.equal(undefined);
  });

  it("tells why a message failed, or was held back, among others of its batch", () => {
    const log = lines(
      { level: "ERROR", messageId: "m-1", error: { message: "no such order" } },
      { level: "WARN", messageId: "m-2", reason: "an earlier message of its group failed" },
      { level: "INFO", messageId: "m-3" },
    );
    const causes = ["m-1", "m-2", "m-3"].map((id) => causeIn(log, new Set([id, "other"])));
    expect(causes).to.deep.equal([
      "no such order",
      "an earlier message of its group failed",
      undefined,
    ]);
  });

  it("is laid out where it is JSON, and left as it is elsewhere", () => {
    expect(readable(lines("START", { a: 1 }, "{ no JSON", "[1]", ""))).to.equal(
      'START\n{\n  "a": 1\n}\n{ no JSON\n[1]\n',
    );
  });
});
