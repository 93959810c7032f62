import { readFileSync } from "node:fs";
import path from "node:path";
import { expect } from "chai";

type Row = { readonly kind: string; readonly file: string; readonly title: string };

function rows(): Row[] {
  return [
    ...readFileSync("docs/faults.md", "utf8").matchAll(
      /^\| (?<kind>.+?) \| .+ \| \[[^\]]+\]\((?<file>[^)]+)\): (?<title>.+) \|$/gm,
    ),
  ].map(({ groups = {} }) => ({
    kind: groups.kind ?? "",
    file: path.join("docs", groups.file ?? ""),
    title: groups.title ?? "",
  }));
}

/** Whether a file has a test of a title. What a title inserts is elsewhere in the file. */
function hasTest({ file, title }: Row): boolean {
  const source = readFileSync(file, "utf8");
  const titles = source.matchAll(/\bit\(\s*(?:"((?:\\.|[^"\\])*)"|`((?:\\.|[^`\\])*)`)/g);
  return [...titles].some(([, plain = "", template = plain]) => {
    const inserted = asPattern(template).exec(title)?.slice(1);
    return inserted?.every((text) => source.includes(text)) ?? false;
  });
}

function asPattern(template: string): RegExp {
  const parts = template
    .split(/\$\{[^}]*\}/)
    .map((part) => part.replaceAll(/[.*+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join("(.+)")}$`);
}

describe("the page of known faults", () => {
  it("has a test for every kind", () => {
    const all = rows();
    expect(all.length).to.be.greaterThan(60);
    for (const row of all) {
      expect(hasTest(row), `${row.kind}: ${row.file}: ${row.title}`).to.equal(true);
    }
  });

  it("has each kind once", () => {
    const kinds = rows().map(({ kind }) => kind);
    expect(new Set(kinds).size).to.equal(kinds.length);
  });
});
