import path from "node:path";
import { openStateFolder } from "../run/stateFolder.ts";

/** Where a cloud without a program keeps its data, beside the state of the stacks that live on it. */
export function emptyCloudData(root: string): string {
  return path.join(openStateFolder(root), "cloud");
}
