import { execFile } from "node:child_process";
import { mkdirSync } from "node:fs";
import { access, mkdir } from "node:fs/promises";
import path from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);

/** Git ignores it, as all of `node_modules`. */
const cache = path.resolve("node_modules/.cache/peers");
const pythonFolder = path.join(cache, "python");
const nodeFolder = path.join(cache, "node");

/** The file that a server is started by, by its package. */
export const programs = {
  ministack: path.join(pythonFolder, "bin", "ministack"),
  moto: path.join(pythonFolder, "bin", "moto_server"),
  fauxqs: path.join(nodeFolder, "node_modules", "fauxqs", "dist", "app.js"),
};

/** The file for what a server prints to its standard error. */
export function logOf(server: string): string {
  mkdirSync(cache, { recursive: true });
  return path.join(cache, `${server}.log`);
}

export type PeerPackage = keyof typeof programs;

/**
 * Installs a peer into the cache, unless it is there already.
 * @throws Error when its package cannot be installed
 */
export async function install(name: PeerPackage): Promise<void> {
  if (await exists(programs[name])) return;
  if (name === "fauxqs") await installNode("fauxqs@^2.4.1");
  else await installPython(name === "moto" ? "moto[server]>=5.2" : "ministack>=1.5.33");
}

async function installNode(specifier: string): Promise<void> {
  await mkdir(nodeFolder, { recursive: true });
  const options = ["--prefix", nodeFolder, "--ignore-scripts", "--no-audit", "--no-fund"];
  await run("npm", ["install", ...options, specifier]);
}

async function installPython(specifier: string): Promise<void> {
  const pip = path.join(pythonFolder, "bin", "pip");
  if (!(await exists(pip))) await run("python3", ["-m", "venv", pythonFolder]);
  await run(pip, ["install", "--quiet", specifier]);
}

async function exists(file: string): Promise<boolean> {
  try {
    await access(file);
    return true;
  } catch {
    return false;
  }
}
