import { existsSync, readFileSync, realpathSync } from "node:fs";
import path from "node:path";
import * as v from "valibot";

/** A package in a folder of node_modules. */
export type InstalledPackage = {
  readonly name: string;
  /** Full path of its folder, without links. */
  readonly folder: string;
  /** Packages that it requires, and those that it uses if they are installed. */
  readonly dependencies: readonly string[];
  readonly optionalDependencies: readonly string[];
  /** Processors, systems and C libraries that it is for, by npm's names; undefined for all. */
  readonly platforms: {
    readonly cpu?: readonly string[] | undefined;
    readonly os?: readonly string[] | undefined;
    readonly libc?: readonly string[] | undefined;
  };
};

const names = v.optional(v.record(v.string(), v.unknown()), {});
const some = v.optional(
  v.pipe(
    v.union([v.string(), v.array(v.string())]),
    v.transform((value) => [value].flat()),
  ),
);

/** https://docs.npmjs.com/cli/configuring-npm/package-json */
const manifest = v.object({
  dependencies: names,
  optionalDependencies: names,
  peerDependencies: names,
  cpu: some,
  os: some,
  libc: some,
});

/** The package that Node finds for an import in a folder; undefined if it is not installed. */
export function installedPackage(name: string, from: string): InstalledPackage | undefined {
  const place = path.join(from, "node_modules", name);
  if (existsSync(path.join(place, "package.json"))) return readPackage(name, realpathSync(place));
  const parent = path.dirname(from);
  return parent === from ? undefined : installedPackage(name, parent);
}

function readPackage(name: string, folder: string): InstalledPackage {
  const text = readFileSync(path.join(folder, "package.json"), "utf8");
  const { dependencies, optionalDependencies, peerDependencies, cpu, os, libc } = v.parse(
    manifest,
    JSON.parse(text),
  );
  // npm lists optional dependencies among the others too.
  const optional = { ...peerDependencies, ...optionalDependencies };
  return {
    name,
    folder,
    dependencies: Object.keys(dependencies).filter((each) => !(each in optional)),
    optionalDependencies: Object.keys(optional),
    platforms: { cpu, os, libc },
  };
}
