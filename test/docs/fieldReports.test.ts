import { existsSync, readFileSync } from "node:fs";
import { expect } from "chai";

const rows = readFileSync("docs/field-reports.md", "utf8")
  .split("\n")
  .filter((line) => line.startsWith("| ") && !/^\| (---|kind)/.test(line))
  .map((line) => line.split("|").map((cell) => cell.trim()));

describe("the page on reports of the field", () => {
  it("names each kind once, with what the components do", () => {
    const kinds = rows.map(([, kind]) => kind);
    expect(kinds.length).to.be.greaterThan(45);
    expect(new Set(kinds).size).to.equal(kinds.length);
    for (const [, kind, here] of rows) expect(here, kind).not.to.equal("");
  });

  it("names a test that exists for each kind", () => {
    for (const [, kind, , test = ""] of rows) {
      expect(existsSync(`test/${test.replaceAll("`", "")}`), `${kind}: ${test}`).to.equal(true);
    }
  });
});
