/** In a checkout's folder: writes the flat form of a stack, as its settings have it, to `flat.json` there. */
import { writeFileSync } from "node:fs";
import { readSettings } from "../../settings.ts";
import { deploySystems, systemNames } from "../../systems/index.ts";
import { runProgram } from "../../test/harness/programs/program.ts";
import { stackSettings } from "../../test/harness/programs/stackConfig.ts";
import { flatten } from "../flat/flatten.ts";

const [, , stack = "dev"] = process.argv;
const { registrations } = await runProgram(() => deploySystems(readSettings(systemNames)), {
  stack,
  config: await stackSettings(stack),
});
writeFileSync("flat.json", JSON.stringify(await flatten(registrations, "flat")));
