import { appendFileSync, existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";

const { FANOUT_TESTS_LEFT_OUT: inherited } = process.env;

/** The file that all processes of one run write to: the first one makes it, the others inherit its path. */
const file = inherited ?? path.join(mkdtempSync(path.join(tmpdir(), "fanout-left-out-")), "lines");
process.env.FANOUT_TESTS_LEFT_OUT = file;

/**
 * Leaves a suite out that needs what this machine lacks. The end of the run names it; in CI (`CI` is
 * set) it fails, because there nobody reads what passed.
 *
 * @param reason what is missing, and how to get it
 */
export function leaveOut(title: string, reason: string): void {
  appendFileSync(file, `not tested: ${title} (${reason})\n`);
  if (!isCi()) return;
  describe(title, () => {
    it("runs in CI", () => {
      throw new Error(reason);
    });
  });
}

/** A line for each suite that was left out. Called once, at the end of the run. */
export function leftOutLines(): string[] {
  const lines = existsSync(file) ? readFileSync(file, "utf8").trimEnd().split("\n") : [];
  rmSync(path.dirname(file), { recursive: true });
  return lines;
}

function isCi(): boolean {
  const { CI = "" } = process.env;
  return !["", "0", "false"].includes(CI);
}
