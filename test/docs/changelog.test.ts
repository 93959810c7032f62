import { readFileSync } from "node:fs";
import { expect } from "chai";
import { nextVersion, sectionsOf, withRelease } from "../../packages/changelog.ts";

const changelog = "# Changelog\n\nIntroduction.\n\n## Unreleased\n\n### Fixed\n\n- One.\n";

describe("the changelog", () => {
  it("of this repository has only headings that say something about the version", () => {
    const [first] = sectionsOf(readFileSync("CHANGELOG.md", "utf8"));
    expect(first?.title).to.equal("Unreleased");
  });

  for (const [last, headings, next] of [
    ["1.2.3", ["Fixed"], "1.2.4"],
    ["1.2.3", ["Fixed", "Added"], "1.3.0"],
    ["1.2.3", ["Breaking", "Added"], "2.0.0"],
    ["0.1.4", ["Breaking"], "0.2.0"],
    ["0.1.4", ["Added"], "0.2.0"],
  ] as const) {
    it(`raises ${last} to ${next} by ${headings.join(" and ")}`, () => {
      const text = headings.map((heading) => `### ${heading}\n\n- One.`).join("\n\n");
      expect(nextVersion(last, text)).to.equal(next);
    });
  }

  it("does not raise the version without entries", () => {
    expect(() => nextVersion("1.0.0", "")).to.throw("no entries");
  });

  it("keeps the entries of a release under its version", () => {
    const released = withRelease(changelog, "1.0.1", "2026-01-02");
    expect(sectionsOf(released)).to.deep.equal([
      { title: "Unreleased", text: "" },
      { title: "1.0.1", text: "### Fixed\n\n- One." },
    ]);
  });

  it("rejects another heading", () => {
    expect(() => sectionsOf("## Unreleased\n\n### Improved\n")).to.throw(
      'CHANGELOG.md, Unreleased: "### Improved" is not one of Breaking, Added, Fixed',
    );
  });
});
