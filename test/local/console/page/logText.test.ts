import { expect } from "chai";
import { errorIn, readable } from "../../../../local/console/page/logText.ts";

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

  it("is laid out where it is JSON, and left as it is elsewhere", () => {
    expect(readable(lines("START", { a: 1 }, "{ no JSON", "[1]", ""))).to.equal(
      'START\n{\n  "a": 1\n}\n{ no JSON\n[1]\n',
    );
  });
});
