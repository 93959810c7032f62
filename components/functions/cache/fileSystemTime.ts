import { mkdtemp, rm, stat, writeFile } from "node:fs/promises";
import path from "node:path";
import { setTimeout } from "node:timers/promises";

/** File systems' clocks tick every few milliseconds, the oldest every two seconds. */
const mostTicks = 20;

/**
 * A time of the file system's clock, in milliseconds: what changed before this call is older, what changes after
 * it returns is not. Where the clock does not tick, what changed just before the call is not older either.
 *
 * @param folder full path of a folder to write in
 */
export async function fileSystemTime(folder: string): Promise<number> {
  const own = await mkdtemp(path.join(folder, "new-"));
  try {
    const first = await touch(own);
    let now = first;
    for (let tick = 0; now === first && tick < mostTicks; tick++) {
      await setTimeout(1);
      now = await touch(own);
    }
    return now;
  } finally {
    await rm(own, { recursive: true, force: true });
  }
}

async function touch(folder: string): Promise<number> {
  const file = path.join(folder, "time");
  await writeFile(file, "");
  return (await stat(file)).ctimeMs;
}
