import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";

/**
 * Full path of the program's folder, which paths of entries are relative to. Pulumi's engine starts the program
 * in it. In a unit test no engine does: there it is the folder of the nearest Pulumi.yaml (with its `main`)
 * above the file that creates the component, if the test runs in, above or below that folder, such as the root
 * of a workspace. In all other cases it is the working directory.
 */
export function programFolder(): string {
  const folder = process.cwd();
  if (path.isAbsolute(pulumi.getRootDirectory())) return folder;
  const project = callingFiles()
    .map(projectOf)
    .find((each) => each !== undefined && (contains(each, folder) || contains(folder, each)));
  return project === undefined ? folder : mainFolder(project);
}

/** Full path of an entry's file. @param entry path relative to the program's folder, absolute path or file URL */
export function entryFile(entry: string, folder = programFolder()): string {
  return entry.startsWith("file:") ? fileURLToPath(entry) : path.resolve(folder, entry);
}

/** Files of the program on the call stack, the calling one first. */
function callingFiles(): string[] {
  return callSites()
    .map((site) => site.getFileName() ?? "")
    .map((name) => (name.startsWith("file:") ? fileURLToPath(name) : name))
    .filter((file) => path.isAbsolute(file) && !file.split(path.sep).includes("node_modules"));
}

function callSites(): NodeJS.CallSite[] {
  const { prepareStackTrace, stackTraceLimit } = Error;
  let found: NodeJS.CallSite[] = [];
  Error.stackTraceLimit = Number.POSITIVE_INFINITY;
  Error.prepareStackTrace = (_error, sites) => {
    found = sites;
    return "";
  };
  try {
    void new Error().stack;
    return found;
  } finally {
    Error.stackTraceLimit = stackTraceLimit;
    Error.prepareStackTrace = prepareStackTrace;
  }
}

function projectOf(file: string): string | undefined {
  const folder = path.dirname(file);
  if (existsSync(path.join(folder, "Pulumi.yaml"))) return folder;
  return folder === file ? undefined : projectOf(folder);
}

function contains(outer: string, inner: string): boolean {
  return `${inner}${path.sep}`.startsWith(outer.endsWith(path.sep) ? outer : `${outer}${path.sep}`);
}

/** `main` may also name a file; the program's folder is then that of the project. */
function mainFolder(project: string): string {
  const text = readFileSync(path.join(project, "Pulumi.yaml"), "utf8");
  const [, main = "."] = /^main:\s*["']?([^"'#\r\n]+?)["']?\s*(?:#.*)?$/m.exec(text) ?? [];
  const folder = path.resolve(project, main);
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : project;
}
