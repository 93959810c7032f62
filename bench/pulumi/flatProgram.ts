/** A Pulumi program: the resources in `flat.json` of the working directory. */
import { readFileSync } from "node:fs";
import * as v from "valibot";
import { flatProgram } from "../flat/flatProgram.ts";
import { flatResources } from "../flat/flatResource.ts";

flatProgram(v.parse(flatResources, JSON.parse(readFileSync("flat.json", "utf8"))));
