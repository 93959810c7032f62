/** Suites that this machine cannot run, with what is missing. */
const leftOut: { readonly title: string; readonly reason: string }[] = [];

/**
 * Leaves a suite out that needs what this machine lacks. The end of the run names it; in CI (`CI` is
 * set) it fails, because there nobody reads what passed.
 *
 * @param reason what is missing, and how to get it
 */
export function leaveOut(title: string, reason: string): void {
  leftOut.push({ title, reason });
  if (!isCi()) return;
  describe(title, () => {
    it("runs in CI", () => {
      throw new Error(reason);
    });
  });
}

/** A line for each suite that was left out. */
export function leftOutLines(): string[] {
  return leftOut.map(({ title, reason }) => `not tested: ${title} (${reason})`);
}

function isCi(): boolean {
  const { CI = "" } = process.env;
  return !["", "0", "false"].includes(CI);
}
