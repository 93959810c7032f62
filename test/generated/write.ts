/** Writes the generated files of an npm script, whose name it gets: `node test/generated/write.ts golden`. */
import { writeFileSync } from "node:fs";
import { generatedFiles } from "./generatedFiles.ts";

const [, , script] = process.argv;
const wanted = generatedFiles.filter((file) => file.script === script);
if (wanted.length === 0) throw new Error(`no generated file belongs to the script ${script}`);
for (const { path, make } of wanted) writeFileSync(path, await make());
