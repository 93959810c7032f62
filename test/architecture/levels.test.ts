import { expect } from "chai";
import { cycleIn, type Import, importsOf } from "./imports.ts";
import { importsBetween, levelsOf } from "./levels.ts";

/** Without `components`, whose folders still import each other. */
const parts = ["aws", "bench", "demo", "handlers", "local", "ops", "policyPack", "systems", "test"];

/** Pulumi's resource types lie with their service, and belong to the provider. */
function isResourceType(file: string): boolean {
  return /^local\/services\/[^/]+\/resources(\.ts$|\/)/.test(file);
}

/** What a service declares for the others, which no level of services stands below. */
function isDeclaration(file: string): boolean {
  return /^local\/services\/[^/]+\/interface\.ts$/.test(file);
}

function imports(): Import[] {
  return parts
    .flatMap(importsOf)
    .filter(({ file }) => !isResourceType(file))
    .filter(({ imported }) => !isDeclaration(imported));
}

describe("the folders of a level", () => {
  it("have no cycle of imports, at any level", () => {
    const all = imports();
    const levels = levelsOf(all);
    expect(levels).to.include.members(["local", "local/services/sns", "local/engine"]);
    const cycles = levels.map((level) => cycleIn(importsBetween(level, all)));
    expect(cycles.filter((cycle) => cycle.length > 0)).to.deep.equal([]);
  });

  it("would be found to have a cycle if there was one, without one between their files", () => {
    const all = [
      { file: "local/a/one.ts", imported: "local/b/one.ts" },
      { file: "local/b/two.ts", imported: "local/c/deep/one.ts" },
      { file: "local/c/two.ts", imported: "local/a/two.ts" },
      { file: "local/cloud.ts", imported: "local/a/one.ts" },
    ];
    expect(cycleIn(all)).to.deep.equal([]);
    expect(cycleIn(importsBetween("local", all))).to.deep.equal([
      "local/a",
      "local/b",
      "local/c",
      "local/a",
    ]);
    expect(importsBetween("local/c", all)).to.deep.equal([]);
  });
});
