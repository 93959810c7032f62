/** In a process of its own: builds the same graph without components, from the file that `record.ts` wrote. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { flatProgram } from "../flat/flatProgram.ts";
import { flatResources } from "../flat/flatResource.ts";
import { report, underMocks } from "./underMocks.ts";

const resources = v.parse(flatResources, JSON.parse(readFileSync(process.argv[2] ?? "", "utf8")));
await underMocks(() => flatProgram(resources));
report();
