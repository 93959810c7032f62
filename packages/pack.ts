import { execFileSync } from "node:child_process";
import path from "node:path";

/** `npm run pack`: builds every package, the components' first, and prints `NAME FILE.tgz` for each. */
const packages = ["fanout", "local"];

for (const each of packages) {
  const folder = path.join(import.meta.dirname, each);
  const output = execFileSync("npm", ["pack", folder, "--json", "--silent"], { encoding: "utf8" });
  const packed: readonly { name: string; filename: string }[] = JSON.parse(output);
  for (const { name, filename } of packed) console.log(`${name} ${filename}`);
}
