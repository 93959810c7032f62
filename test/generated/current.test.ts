import { readFileSync } from "node:fs";
import { expect } from "chai";
import { generatedFiles } from "./generatedFiles.ts";

describe("generated files", () => {
  for (const { path, script, make } of generatedFiles) {
    it(`is current: ${path}`, async () => {
      const difference = firstDifference(readFileSync(path, "utf8"), await make());
      const advice = `${path} is not what the code makes; run \`npm run ${script}\` and read the diff`;
      expect(difference, advice).to.equal(undefined);
    });
  }
});

/** One line is enough to see what it is about; the whole is for git to show. */
function firstDifference(kept: string, made: string): object | undefined {
  const before = kept.split("\n");
  const after = made.split("\n");
  const index = before.findIndex((line, number) => line !== after[number]);
  if (index < 0 && before.length === after.length) return undefined;
  const line = index < 0 ? before.length : index;
  return { line: line + 1, kept: before[line], made: after[line] };
}
