import { existsSync, readFileSync, statSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import * as pulumi from "@pulumi/pulumi";

/**
 * Full path of the program's folder, which paths of entries are relative to. Pulumi's engine starts the program
 * in it. In a unit test no engine does: there it is the folder of the nearest project's file (with its `main`)
 * above the file that creates the component, if the test runs in, above or below that folder, such as the root
 * of a workspace. In all other cases it is the working directory.
 */
export function programFolder(): string {
  const folder = process.cwd();
  if (path.isAbsolute(pulumi.getRootDirectory())) return folder;
  for (const file of new Set(callingFiles())) {
    const projectFile = projectFileAbove(file);
    if (projectFile === undefined) continue;
    if (areNested(path.dirname(projectFile), folder)) return mainFolder(projectFile);
  }
  return folder;
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

/** The project's file in the nearest folder above a file. */
function projectFileAbove(file: string): string | undefined {
  const folder = path.dirname(file);
  const found = projectFiles.map((name) => path.join(folder, name)).find(existsSync);
  return found ?? (folder === file ? undefined : projectFileAbove(folder));
}

/** https://www.pulumi.com/docs/iac/concepts/projects/project-file/ */
const projectFiles = ["Pulumi.yaml", "Pulumi.yml", "Pulumi.json"];

function areNested(a: string, b: string): boolean {
  return contains(a, b) || contains(b, a);
}

function contains(outer: string, inner: string): boolean {
  return `${inner}${path.sep}`.startsWith(outer.endsWith(path.sep) ? outer : `${outer}${path.sep}`);
}

/** `main` may also name a file; the program's folder is then that of the project. */
function mainFolder(projectFile: string): string {
  const project = path.dirname(projectFile);
  const folder = path.resolve(project, mainIn(projectFile) ?? ".");
  return statSync(folder, { throwIfNoEntry: false })?.isDirectory() ? folder : project;
}

function mainIn(projectFile: string): string | undefined {
  const text = readFileSync(projectFile, "utf8");
  if (projectFile.endsWith(".json")) {
    const { main }: { main?: string } = JSON.parse(text);
    return main;
  }
  return /^main:\s*["']?([^"'#\r\n]+?)["']?\s*(?:#.*)?$/m.exec(text)?.[1];
}
