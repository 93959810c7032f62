import { readFile } from "node:fs/promises";
import path from "node:path";
import { existing } from "../bundleFolder.ts";

/** The file in a handler's folder that names its packages. */
export type PackageList = {
  /** What installs them: uv for a project, pip for a `requirements.txt`. */
  readonly installer: "uv" | "pip";
  /** Full path. */
  readonly file: string;
  /** All that decides which packages are installed. */
  readonly text: string;
};

/**
 * The `uv.lock` in a folder, or else the `pyproject.toml` with dependencies, or else the `requirements.txt`. Undefined
 * if no package is named.
 */
export async function packageList(folder: string): Promise<PackageList | undefined> {
  const file = (name: string) => path.join(folder, name);
  const project = await textOf(file("pyproject.toml"));
  const lock = await textOf(file("uv.lock"));
  if (lock !== "") return { installer: "uv", file: file("uv.lock"), text: project + lock };
  if (/^dependencies\s*=\s*\[/m.test(project)) {
    return { installer: "uv", file: file("pyproject.toml"), text: project };
  }
  const text = await withIncluded(file("requirements.txt"));
  return text.trim() === ""
    ? undefined
    : { installer: "pip", file: file("requirements.txt"), text };
}

/** The text of a requirements file with those that it includes: `-r base.txt`, `--constraint versions.txt`. */
async function withIncluded(file: string, seen: ReadonlySet<string> = new Set()): Promise<string> {
  if (seen.has(file)) return "";
  const text = await textOf(file);
  const included = [...text.matchAll(/^\s*(?:-r|-c|--requirement|--constraint)[\s=]*(\S+)/gm)];
  const others = included.map(([, name = ""]) =>
    withIncluded(path.resolve(path.dirname(file), name), new Set([...seen, file])),
  );
  return [text, ...(await Promise.all(others))].join("\n");
}

async function textOf(file: string): Promise<string> {
  return (await existing(readFile(file, "utf8"))) ?? "";
}
