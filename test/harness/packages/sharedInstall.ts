import { mkdirSync, mkdtempSync, realpathSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { installLocked } from "./lockedInstall.ts";
import { runIn } from "./newProject.ts";

/** The packages of this repository, installed as users install them. */
export type Install = {
  /** Full path of a folder whose node_modules the projects inside it find. */
  readonly folder: string;
  /** Paths of the files in each package's tarball, by the package's name. */
  readonly packed: Readonly<Record<string, readonly string[]>>;
  /** Full paths of the tarballs, by the package's name. */
  readonly tarballs: Readonly<Record<string, string>>;
};

const components = "packages/fanout";
const localRun = "packages/local";

/** What users have beside the packages. */
const companions = ["@pulumi/aws", "@pulumi/policy", "@pulumi/pulumi", "@types/node"];

let shared: Promise<Install> | undefined;

/**
 * Packs and installs both packages once for all tests of this process, at whose end they are removed.
 *
 * @param others further packages of the registry with their versions; those of the first call count
 */
export function sharedInstall(others: Readonly<Record<string, string>> = {}): Promise<Install> {
  shared ??= install(mkdtempSync(path.join(realpathSync(tmpdir()), "fanout-users-")), others);
  return shared;
}

async function install(folder: string, others: Readonly<Record<string, string>>): Promise<Install> {
  process.once("exit", () => rmSync(folder, { recursive: true, force: true }));
  const results = [await pack(components, folder), await pack(localRun, folder)];
  await installLocked(
    folder,
    results.map(({ tarball }) => tarball),
    companions,
    { others: { typescript: "5.9.3", ...others } },
  );
  return {
    folder,
    packed: Object.fromEntries(results.map(({ name, files }) => [name, files])),
    tarballs: Object.fromEntries(results.map(({ name, tarball }) => [name, tarball])),
  };
}

async function pack(source: string, folder: string) {
  const json = await runIn(folder, "npm", "pack", path.resolve(source), "--json", "--silent");
  const [{ name, filename, files }]: [
    { name: string; filename: string; files: readonly { path: string }[] },
  ] = JSON.parse(json);
  return {
    name,
    tarball: path.join(folder, filename),
    files: files.map((file) => file.path),
  };
}

/** Adds a project with the given files to an install. Returns the full path of its folder. */
export function addProject(
  install: Pick<Install, "folder">,
  name: string,
  files: Readonly<Record<string, string>>,
): string {
  const folder = path.join(install.folder, name);
  for (const [file, text] of Object.entries(files)) {
    mkdirSync(path.dirname(path.join(folder, file)), { recursive: true });
    writeFileSync(path.join(folder, file), text);
  }
  return folder;
}
