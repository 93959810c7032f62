import { readdirSync } from "node:fs";
import path from "node:path";
import { bundleError } from "../buildFailure.ts";
import type { Architecture } from "../bundleArgs.ts";
import { type InstalledPackage, installedPackage } from "./installedPackage.ts";
import { nativeProblem } from "./nativeCode.ts";

/** A file of the archive. */
export type CopiedFile = {
  /** Path in the archive, with slashes. */
  readonly name: string;
  /** Full path of the original. */
  readonly file: string;
};

/**
 * The files of packages and of their dependencies, in a `node_modules` that Node resolves as it resolves the
 * originals: a package whose name is taken by another version lies inside the package that uses it.
 *
 * @param names of packages that the handler imports
 * @param from full path of the handler's folder
 * @throws RunError for a package that is not installed, or not for Lambda's platform
 */
export function copiedPackages(
  names: readonly string[],
  from: string,
  architecture: Architecture,
): CopiedFile[] {
  const placed = new Map<string, InstalledPackage>();
  for (const name of names) place(name, from, "", placed);
  const problems = [...placed.values()].flatMap(
    (each) => nativeProblem(each, [...placed.values()], filesOf(each.folder), architecture) ?? [],
  );
  if (problems.length > 0) throw bundleError(problems.join("\n"));
  return [...placed].flatMap(([target, { folder }]) =>
    filesOf(folder).map((file) => ({
      name: `${target}/${file.split(path.sep).join("/")}`,
      file: path.join(folder, file),
    })),
  );
}

/** @param inside path in the archive of the package that depends on it; empty for the handler */
function place(
  name: string,
  from: string,
  inside: string,
  placed: Map<string, InstalledPackage>,
): void {
  const found = installedPackage(name, from);
  if (found === undefined) {
    const user = inside === "" ? "bundle.packages names" : `${inside} depends on`;
    throw bundleError(`${user} ${name}, which is not installed: npm install ${name}`);
  }
  const atTop = `node_modules/${name}`;
  const present = placed.get(atTop);
  if (present?.folder === found.folder) return;
  const target = present === undefined || inside === "" ? atTop : `${inside}/${atTop}`;
  if (placed.get(target)?.folder === found.folder) return;
  placed.set(target, found);
  const { folder, dependencies, optionalDependencies } = found;
  const installed = optionalDependencies.filter((each) => installedPackage(each, folder));
  for (const each of [...dependencies, ...installed]) place(each, folder, target, placed);
}

/** Paths relative to a package's folder, without the packages inside. */
export function filesOf(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => path.relative(folder, path.join(entry.parentPath, entry.name)))
    .filter((file) => !file.split(path.sep).includes("node_modules"))
    .sort();
}
