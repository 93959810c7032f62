import { execFile } from "node:child_process";
import { cpSync, existsSync, mkdirSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fileURLToPath } from "node:url";
import { promisify } from "node:util";
import type { Suite } from "./suite.ts";

const run = promisify(execFile);
/** What suites need, and what came of them. */
export const cache = fileURLToPath(
  new URL("../../node_modules/.cache/fanout-suites", import.meta.url),
);
const pytest = ["pytest==9.0.2", "pytest-timeout==2.4.0", "pytest-xdist==3.8.0"];

/** What is needed to run a suite. */
export type Prepared = {
  /** The folder that its tests are relative to. */
  readonly folder: string;
  /** The `python` of its virtual environment; undefined for tests of Node. */
  readonly python: string | undefined;
  /** Where its npm packages are; undefined for tests of Python. */
  readonly nodeModules: string | undefined;
};

/**
 * Installs the packages of a suite, once, below `node_modules/.cache`.
 *
 * @param checkouts folders given with `--from`
 * @returns undefined if the suite needs a checkout that is not given
 */
export async function prepare(
  { source, ...suite }: Suite,
  checkouts: readonly string[],
): Promise<Prepared | undefined> {
  const here = path.dirname(fileURLToPath(import.meta.url));
  switch (source.kind) {
    case "node":
      return {
        folder: here,
        python: undefined,
        nodeModules: await nodePackages(suite.name, source.packages),
      };
    case "python":
      return { folder: here, ...(await virtualEnvironment(suite.name, source.packages)) };
    case "sdist":
      return {
        folder: await sourceOf(source.requirement),
        ...(await virtualEnvironment(suite.name, source.packages)),
      };
    case "vitestCheckout": {
      const checkout = checkoutOf(source, checkouts);
      if (checkout === undefined) return undefined;
      const nodeModules = await nodePackages(suite.name, source.packages);
      const folder = path.dirname(nodeModules);
      for (const name of source.copied) copyFresh(path.join(checkout, name), folder, name);
      copyFresh(path.join(here, "vitest"), folder, "standIns");
      return { folder, python: undefined, nodeModules };
    }
    case "checkout": {
      const folder = checkoutOf(source, checkouts);
      if (folder === undefined) return undefined;
      const name = source.repository.replace("/", "-");
      const environment = await virtualEnvironment(name, source.packages, source.python);
      return { folder: path.resolve(folder), ...environment };
    }
  }
}

function checkoutOf(
  { marker }: { readonly marker: string },
  checkouts: readonly string[],
): string | undefined {
  return checkouts.find((each) => existsSync(path.join(each, marker)));
}

/** Packages are found from the copy, and the checkout stays as it is. */
function copyFresh(source: string, folder: string, name: string): void {
  rmSync(path.join(folder, name), { recursive: true, force: true });
  cpSync(source, path.join(folder, name), { recursive: true });
}

async function virtualEnvironment(
  name: string,
  packages: readonly string[],
  interpreter = "python3",
): Promise<Omit<Prepared, "folder">> {
  const folder = path.join(cache, `python-${name}`);
  const python = path.join(folder, "bin", "python");
  await once(folder, async () => {
    await run(interpreter, ["-m", "venv", folder]);
    const install = ["-m", "pip", "install", "--quiet", ...pytest, ...packages];
    await run(python, install, { maxBuffer: 2 ** 26 });
  });
  return { python, nodeModules: undefined };
}

async function sourceOf(requirement: string): Promise<string> {
  const folder = path.join(cache, `source-${requirement}`);
  await once(folder, async () => {
    const download = ["-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:"];
    await run("python3", [...download, "--dest", folder, requirement]);
    const [archive = ""] = readdirSync(folder).filter((name) => name.endsWith(".tar.gz"));
    await run("tar", ["-xzf", path.join(folder, archive), "-C", folder, "--strip-components=1"]);
  });
  return folder;
}

async function nodePackages(name: string, packages: readonly string[]): Promise<string> {
  const folder = path.join(cache, `node-${name}`);
  await once(folder, async () => {
    writeFileSync(path.join(folder, "package.json"), "{}");
    const options = ["--no-audit", "--no-fund", "--ignore-scripts"];
    await run("npm", ["install", ...options, ...packages], { cwd: folder });
  });
  return path.join(folder, "node_modules");
}

/** Does the work unless it was done to its end before. */
async function once(folder: string, work: () => Promise<void>): Promise<void> {
  const mark = path.join(folder, "complete");
  if (existsSync(mark)) return;
  mkdirSync(folder, { recursive: true });
  await work();
  writeFileSync(mark, "");
}
