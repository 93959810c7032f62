import { expect } from "chai";
import { readable } from "../../../../local/console/history/logText.ts";

const lines = (...entries: unknown[]) =>
  entries.map((each) => (typeof each === "string" ? each : JSON.stringify(each))).join("\n");

describe("a log", () => {
  it("is laid out where it is JSON, and left as it is elsewhere", () => {
    expect(readable(lines("START", { a: 1 }, "{ no JSON", "[1]", ""))).to.equal(
      'START\n{\n  "a": 1\n}\n{ no JSON\n[1]\n',
    );
  });
});
