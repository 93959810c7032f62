import { execFile } from "node:child_process";
import { createHash } from "node:crypto";
import { mkdir, mkdtemp, readFile, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";
import * as pulumi from "@pulumi/pulumi";
import { existing } from "../bundleFolder.ts";
import { filesBelow } from "./filesBelow.ts";
import type { PythonHandler } from "./pythonHandler.ts";

const run = promisify(execFile);

/** What the runtime of Lambda runs: https://docs.aws.amazon.com/lambda/latest/dg/python-package.html */
const platforms = { arm64: "manylinux2014_aarch64", x86_64: "manylinux2014_x86_64" } as const;

type Target = Pick<PythonHandler, "runtime" | "architecture">;

/**
 * The packages of the `requirements.txt` in a handler's folder, built for Linux and the function's architecture;
 * none without the file. They are installed once for each text of it.
 *
 * @param cache full path of the folder for installed packages
 * @throws RunError with pip's message if they cannot be installed
 */
export async function installedRequirements(
  folder: string,
  target: Target,
  cache: string,
): Promise<Record<string, Uint8Array>> {
  const file = path.join(folder, "requirements.txt");
  const text = await existing(readFile(file, "utf8"));
  if (text === undefined || text.trim() === "") return {};
  const { runtime, architecture } = target;
  const hash = createHash("sha256").update(JSON.stringify([text, runtime, architecture]));
  const installed = path.join(cache, hash.digest("hex").slice(0, 16));
  const found = await existing(filesBelow(installed, isPackaged));
  if (found !== undefined) return found;
  await mkdir(cache, { recursive: true });
  const fresh = await mkdtemp(path.join(cache, "new-"));
  await install(file, target, fresh);
  await putInPlace(fresh, installed);
  return filesBelow(installed, isPackaged);
}

/** Another program may have installed the same packages meanwhile. */
async function putInPlace(fresh: string, installed: string): Promise<void> {
  try {
    await rename(fresh, installed);
  } catch (error) {
    if ((await existing(stat(installed))) === undefined) throw error;
    await rm(fresh, { recursive: true });
  }
}

async function install(
  file: string,
  { runtime, architecture }: Target,
  folder: string,
): Promise<void> {
  const version = runtime.replace("python", "");
  const platform = ["--platform", platforms[architecture], "--python-version", version];
  const parameters = ["--target", folder, ...platform, "--implementation", "cp"];
  try {
    await run("python3", [
      ...["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "--no-compile"],
      ...["--only-binary=:all:", ...parameters, "-r", file],
    ]);
  } catch (error) {
    await rm(folder, { recursive: true, force: true });
    const reason = error instanceof Error ? error.message : String(error);
    throw new pulumi.RunError(
      `the packages of ${path.basename(path.dirname(file))}/requirements.txt could not be installed for ${runtime} on ${architecture}; it takes python3 with pip, and packages that have wheels for Linux: ${reason}`,
    );
  }
}

function isPackaged(name: string): boolean {
  return !name.includes("__pycache__") && !name.startsWith("bin/");
}
