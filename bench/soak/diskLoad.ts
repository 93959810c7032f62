import { closeSync, fsyncSync, openSync, writeSync } from "node:fs";

/** Run as a process: writes a file and flushes it to the disk, over and over, so that others wait for the disk. */
const file = openSync(process.argv[2] ?? "", "w");
const block = Buffer.alloc(4 * 2 ** 20, 1);
process.once("SIGTERM", () => {
  closeSync(file);
  process.exit(0);
});
function write(): void {
  writeSync(file, block, 0, block.length, 0);
  fsyncSync(file);
  setImmediate(write);
}
write();
