import { fileURLToPath } from "node:url";
import type { ModulePlaces } from "../bootstrap/runtimeModules.ts";
import type { FunctionVersion } from "./version.ts";

/** How the process of an execution environment is started. */
export type RuntimeCommand = { readonly program: string; readonly parameters: readonly string[] };

/** What is needed to run a function, by family of runtimes. */
type Family = "node" | "python";

const families: readonly { readonly family: Family; readonly runtimes: RegExp }[] = [
  { family: "node", runtimes: /^nodejs(12|14|16|18|20|22|24)\.x$/ },
  { family: "python", runtimes: /^python3\.([6-9]|1[0-4])$/ },
];

/** For messages: the runtimes that the local cloud runs. */
export const supportedRuntimes =
  "nodejs12.x to nodejs24.x on the Node.js at hand, and python3.6 to python3.14 on the python3 on PATH";

export function isSupportedRuntime(runtime: string): boolean {
  return familyOf(runtime) !== undefined;
}

/** @param nodeBootstrap path of the bootstrap of Node.js functions */
export function runtimeCommand(version: FunctionVersion, nodeBootstrap: string): RuntimeCommand {
  if (familyOf(version.runtime) === "python") {
    // -u: what the handler's own subprocesses and extensions print comes as it is written.
    return { program: "python3", parameters: ["-u", pythonBootstrap] };
  }
  return {
    program: process.execPath,
    parameters: [
      ...memoryLimits(version.memoryMb),
      nodeBootstrap,
      JSON.stringify(modulePlaces(version)),
    ],
  };
}

/** The SDK is the program's, which knows the version that its handlers need, or else the local cloud's. */
function modulePlaces({ programDirectory, layerDirectory }: FunctionVersion): ModulePlaces {
  return {
    sdkFolders: [
      ...(programDirectory === undefined ? [] : [programDirectory]),
      import.meta.dirname,
    ],
    layerFolder: layerDirectory,
  };
}

/** Why the process could not be started, for the function's log. */
export function startFailure({ program }: RuntimeCommand, error: Error): string {
  return "code" in error && error.code === "ENOENT"
    ? `${program} was not found: install it, or put its folder on PATH, and start the local run again\n`
    : `${error}\n`;
}

const pythonBootstrap = fileURLToPath(new URL("../bootstrap/python/bootstrap.py", import.meta.url));

function familyOf(runtime: string): Family | undefined {
  return families.find(({ runtimes }) => runtimes.test(runtime))?.family;
}

/** The heap as Lambda's Node.js runtime limits it: 90 % for old objects, 5 % for each half of the young. */
function memoryLimits(memoryMb: number): string[] {
  const young = Math.floor(memoryMb * 0.05);
  const old = Math.floor(memoryMb * 0.9);
  return [`--max-semi-space-size=${young}`, `--max-old-space-size=${old}`];
}
