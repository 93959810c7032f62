import path from "node:path";
import type { Architecture } from "../bundleArgs.ts";
import type { InstalledPackage } from "./installedPackage.ts";

/** Node's names of the processors. */
const processors: Record<Architecture, string> = { arm64: "arm64", x86_64: "x64" };

/**
 * Why a package's native code would not load in Lambda, which is Linux with glibc; undefined if it has none, or
 * has it for the function's architecture.
 *
 * @param all packages of the archive, among which those for one platform have to be
 * @param files paths relative to the package's folder
 */
export function nativeProblem(
  { name, optionalDependencies, platforms }: InstalledPackage,
  all: readonly InstalledPackage[],
  files: readonly string[],
  architecture: Architecture,
): string | undefined {
  const cpu = processors[architecture];
  const forPlatforms = all.filter(
    (each) => optionalDependencies.includes(each.name) && each.platforms.cpu !== undefined,
  );
  const missing =
    (forPlatforms.length > 0 && !forPlatforms.some((each) => runsOn(each, cpu))) ||
    (platforms.cpu === undefined && !hasOwnCode(files, cpu));
  return missing
    ? `the package ${name} is not installed for Linux on ${cpu}, where the function runs; install it for that with: npm install --os=linux --cpu=${cpu} --libc=glibc ${name}${hint(architecture)}`
    : undefined;
}

function hint(architecture: Architecture): string {
  const other: Architecture = architecture === "arm64" ? "x86_64" : "arm64";
  const isInstalled = process.platform === "linux" && process.arch === processors[other];
  return isInstalled ? `, or set architecture: "${other}" on the handler` : "";
}

function runsOn({ platforms: { cpu, os, libc } }: InstalledPackage, wanted: string): boolean {
  return [
    [cpu, wanted],
    [os, "linux"],
    [libc, "glibc"],
  ].every(([listed, value]) => listed === undefined || listed.includes(String(value)));
}

/** Prebuilt code names its platform in its path; all other code was compiled on this machine. */
function hasOwnCode(files: readonly string[], cpu: string): boolean {
  const native = files.filter((file) => file.endsWith(".node"));
  const prebuilt = native.filter((file) => file.split(path.sep).includes("prebuilds"));
  if (native.length === 0 || prebuilt.some((file) => file.includes(`linux-${cpu}`))) return true;
  return prebuilt.length === 0 && process.platform === "linux" && process.arch === cpu;
}
