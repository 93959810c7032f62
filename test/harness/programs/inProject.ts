import { mkdirSync, mkdtempSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { bundleHandler } from "../../../components/functions/bundle.ts";
import { textsOf } from "./archive.ts";

export type ProjectOptions = {
  /** The project's folder below a temporary one. @default that folder itself */
  readonly folder?: string;
  /** Where the packages lie: in the project, or in the folder above all. @default "project" */
  readonly packages?: "project" | "workspace";
};

/** Runs in a new project folder that holds these files and this repository's packages. */
export async function inProject<T>(
  files: Readonly<Record<string, string>>,
  run: () => Promise<T>,
  { folder = ".", packages = "project" }: ProjectOptions = {},
): Promise<T> {
  const before = process.cwd();
  const root = mkdtempSync(path.join(realpathSync(tmpdir()), "fanout-bundle-"));
  const project = path.join(root, folder);
  mkdirSync(project, { recursive: true });
  const modules = path.join(packages === "project" ? project : root, "node_modules");
  mkdirSync(modules);
  for (const scope of ["@aws-sdk", "@smithy", "@aws-lambda-powertools"]) {
    symlinkSync(path.join(before, "node_modules", scope), path.join(modules, scope));
  }
  for (const [name, text] of Object.entries(files)) {
    const file = path.join(project, name);
    mkdirSync(path.dirname(file), { recursive: true });
    writeFileSync(file, text);
  }
  process.chdir(project);
  try {
    return await run();
  } finally {
    process.chdir(before);
    rmSync(root, { recursive: true });
  }
}

/** Bundles a handler of the current project and calls it, in this process. */
export async function callBundled(entry: string, event?: unknown): Promise<unknown> {
  const { handler, code } = bundleHandler(entry);
  const { path: folder } = await code;
  const module = await import(path.join(await folder, `${handler.replace(/\.handler$/, "")}.mjs`));
  return await module.handler(event);
}

/** Bundles a handler of the current project. Returns the contents of its archive by path. */
export async function bundledTexts(entry: string): Promise<Record<string, string>> {
  return textsOf(await bundleHandler(entry).code);
}
