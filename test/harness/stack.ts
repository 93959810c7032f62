import { readStackConfig } from "../../local/stackConfig.ts";
import { readSettings } from "../../settings.ts";
import { deploySystems, systemNames } from "../../systems/index.ts";
import type { SystemOutputs } from "../../systems/system.ts";
import { type ProgramRun, runProgram } from "./program.ts";

/** Runs the program as a stack deploys it, but with all systems, or with those named. */
export function runStack(
  stack: "dev" | "prod",
  options: { readonly preview?: boolean; readonly systems?: readonly string[] } = {},
): Promise<ProgramRun<Record<string, SystemOutputs>>> {
  const { preview = false, systems = systemNames } = options;
  const config = {
    ...readStackConfig(stack).values,
    "fanout:systems": JSON.stringify(systems),
  };
  return runProgram(() => deploySystems(readSettings(systemNames)), { stack, preview, config });
}
