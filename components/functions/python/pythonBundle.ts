import { readFileSync } from "node:fs";
import { readFile } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { archiveOf, bundlesFolder, projectFolder } from "../archive.ts";
import type { Bundle } from "../bundle.ts";
import { writeBundle } from "../bundleFolder.ts";
import { copiedFiles } from "../copied/copiedFiles.ts";
import { entryFile, programFolder } from "../programFolder.ts";
import { filesBelow } from "./filesBelow.ts";
import { installedPackages } from "./installedPackages.ts";
import type { PythonHandler } from "./pythonHandler.ts";

const bundles = new Map<string, Bundle>();

/**
 * Archives the modules in the folder of a handler's, and the packages that it names, once for each
 * module and set of options. The folder is the root of the archive, so that modules import their siblings.
 *
 * @throws RunError if the module has no `handler`
 */
export function bundlePythonHandler(handler: PythonHandler): Bundle {
  const program = programFolder();
  const file = entryFile(handler.entry, program);
  const key = JSON.stringify([file, handler]);
  const known = bundles.get(key);
  if (known !== undefined) return known;
  rejectWithoutHandler(file, handler.entry);
  const name = path.basename(file, ".py");
  const code = archive(handler, file, program, projectFolder());
  const bundle = { handler: `${name}.handler`, code };
  bundles.set(key, bundle);
  return bundle;
}

const definitions = [
  /^\s*(async\s+)?(def|class)\s+handler\b/m,
  /^\s*handler\s*[:=]/m,
  /^\s*from\s.+\simport\s(.*\bhandler\b|\s*\*|\s*\([^)]*\bhandler\b)/m,
];

/** Lambda would fail at the first event. Accepts whatever may define it, under a condition too. */
function rejectWithoutHandler(file: string, entry: string): void {
  const source = readFileSync(file, "utf8");
  if (definitions.some((pattern) => pattern.test(source))) return;
  throw new pulumi.RunError(
    `the handler ${entry} has no function "handler"; define handler(event, context) in it`,
  );
}

async function archive(
  handler: PythonHandler,
  file: string,
  program: string,
  project: string | undefined,
): Promise<pulumi.asset.FileArchive> {
  const all = bundlesFolder(program, project);
  const folder = path.dirname(file);
  const copies = copiedFiles(handler.files, program).map(
    async (copy) => [copy.name, await readFile(copy.file)] as const,
  );
  const files = {
    ...(await installedPackages(folder, handler, path.join(all, "..", "python"))),
    ...Object.fromEntries(await Promise.all(copies)),
    ...(await filesBelow(folder, isModule)),
  };
  return archiveOf(await writeBundle(all, path.basename(file, ".py"), files), program, project);
}

/** Virtual environments and hidden folders stay out. */
function isModule(name: string): boolean {
  const folders = name.split("/").slice(0, -1);
  return name.endsWith(".py") && !folders.some((each) => /^(\..*|venv|node_modules)$/.test(each));
}
