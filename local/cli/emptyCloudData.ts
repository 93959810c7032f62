import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { openStateFolder } from "../run/stateFolder.ts";
import { makeDataDirectory } from "../storage/dataDirectory.ts";
import { errorCode } from "../storage/errorCode.ts";

/** Where a cloud without a program keeps its data, beside the state of the stacks that live on it. */
export function emptyCloudData(root: string): string {
  return path.join(openStateFolder(root), "cloud");
}

/** Where `fanout pulumi` keeps the state of stacks, unless the user names another backend. */
export function localBackend(root: string): string {
  return path.join(openStateFolder(root), "state");
}

/**
 * The region of a cloud that keeps its data there: that of the data, whose ARNs name it. A new data directory
 * remembers the region that is asked for.
 *
 * @param wanted by a stack; any is right when undefined
 * @throws Error if the data is of another region than the stack
 */
export function regionOfData(
  directory: string,
  wanted: string | undefined,
  otherwise: string,
): string {
  const file = path.join(directory, "region");
  const kept = keptRegion(file);
  const region = kept ?? wanted ?? otherwise;
  if (wanted !== undefined && region !== wanted) {
    throw new Error(
      `the local cloud in ${directory} is in the region ${region}, and the stack in ${wanted}: set aws:region of the stack to ${region}, or destroy what is there and delete the directory`,
    );
  }
  if (kept === undefined) {
    makeDataDirectory(directory);
    writeFileSync(file, `${region}\n`);
  }
  return region;
}

function keptRegion(file: string): string | undefined {
  try {
    return readFileSync(file, "utf8").trim();
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}
