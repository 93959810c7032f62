import { execFileSync } from "node:child_process";
import { fileURLToPath } from "node:url";

/** By its file: `tsc` on PATH may be the older compiler, which is installed for its API. */
const compiler = fileURLToPath(new URL("../node_modules/typescript-7/bin/tsc", import.meta.url));

/** Compiles the project of a folder as its tsconfig.json says, and prints what is wrong with it. */
export function compile(folder: string): void {
  execFileSync(process.execPath, [compiler, "--project", folder], { stdio: "inherit" });
}
