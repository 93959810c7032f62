import { readSettings } from "../../../settings.ts";
import { deploySystems, systemNames } from "../../../systems/index.ts";
import type { SystemOutputs } from "../../../systems/shared/system.ts";
import { type ProgramRun, runProgram } from "./program.ts";
import { stackSettings } from "./stackConfig.ts";

type StackRun = ProgramRun<Record<string, SystemOutputs>>;

const wholeRuns = new Map<string, Promise<StackRun>>();

/** All systems of a stack, run once for all tests that look at them. */
export function wholeStack(stack: "dev" | "prod", preview = false): Promise<StackRun> {
  const key = `${stack} ${preview}`;
  const run = wholeRuns.get(key) ?? runStack(stack, { preview });
  wholeRuns.set(key, run);
  return run;
}

/** Runs the program as a stack deploys it, but with all systems, or with those named. */
export async function runStack(
  stack: "dev" | "prod",
  options: { readonly preview?: boolean; readonly systems?: readonly string[] } = {},
): Promise<StackRun> {
  const { preview = false, systems = systemNames } = options;
  const config = {
    ...(await stackSettings(stack)),
    "fanout:systems": JSON.stringify(systems),
  };
  return runProgram(() => deploySystems(readSettings(systemNames)), { stack, preview, config });
}
