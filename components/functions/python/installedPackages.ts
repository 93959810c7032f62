import { createHash } from "node:crypto";
import { mkdir, mkdtemp, rename, rm, stat } from "node:fs/promises";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import { existing } from "../bundleFolder.ts";
import { filesBelow } from "./filesBelow.ts";
import { installers, type Target } from "./installers.ts";
import { type PackageList, packageList } from "./packageList.ts";

/**
 * The packages that a handler's folder names, built for Linux and the function's architecture. They are installed once
 * for each list, runtime, architecture and, with pip, interpreter.
 *
 * @param cache full path of the folder for installed packages
 * @throws RunError with the installer's message if they cannot be installed
 */
export async function installedPackages(
  folder: string,
  target: Target,
  cache: string,
): Promise<Record<string, Uint8Array>> {
  const list = await packageList(folder);
  if (list === undefined) return {};
  try {
    const installed = path.join(cache, await keyOf(list, target));
    const found = await existing(filesBelow(installed, isPackaged));
    if (found !== undefined) return found;
    await mkdir(cache, { recursive: true });
    await install(list, target, installed, await mkdtemp(path.join(cache, "new-")));
    return filesBelow(installed, isPackaged);
  } catch (error) {
    throw notInstalled(list, target, error);
  }
}

async function keyOf(
  { installer, text }: PackageList,
  { runtime, architecture }: Target,
): Promise<string> {
  const machine = await installers[installer].machine();
  const facts = [installer, text, runtime, architecture, machine];
  return createHash("sha256").update(JSON.stringify(facts)).digest("hex").slice(0, 16);
}

async function install(
  list: PackageList,
  target: Target,
  installed: string,
  fresh: string,
): Promise<void> {
  try {
    await installers[list.installer].install(list, target, fresh);
    await putInPlace(fresh, installed);
  } finally {
    await rm(fresh, { recursive: true, force: true });
    await rm(`${fresh}.txt`, { force: true });
  }
}

/** Another program may have installed the same packages meanwhile. */
async function putInPlace(fresh: string, installed: string): Promise<void> {
  try {
    await rename(fresh, installed);
  } catch (error) {
    if ((await existing(stat(installed))) === undefined) throw error;
  }
}

function notInstalled(
  { file, installer }: PackageList,
  { runtime, architecture }: Target,
  error: unknown,
): Error {
  const where = `${path.basename(path.dirname(file))}/${path.basename(file)}`;
  const reason = error instanceof Error ? error.message : String(error);
  const { requires } = installers[installer];
  return new pulumi.RunError(
    `the packages of ${where} could not be installed for ${runtime} on ${architecture}; it takes ${requires}, and packages that have wheels for Linux: ${reason}`,
  );
}

function isPackaged(name: string): boolean {
  return !name.includes("__pycache__") && !name.startsWith("bin/") && name !== ".lock";
}
