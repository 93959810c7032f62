/** In a process of its own: writes the flat form of a topic with so many consumers into a folder, as `flat.json`. */
import { writeFileSync } from "node:fs";
import path from "node:path";
import { runProgram } from "../../test/harness/programs/program.ts";
import { flatten } from "../flat/flatten.ts";
import { program } from "./program.ts";

const [, , consumers, folder = ""] = process.argv;
const { registrations } = await runProgram(() => {
  program(Number(consumers));
  return {};
});
const resources = await flatten(registrations, path.join(folder, "code"));
writeFileSync(path.join(folder, "flat.json"), JSON.stringify(resources));
