import { existsSync, readFileSync, rmSync, writeFileSync } from "node:fs";

const saltLine = /^encryptionsalt: .*\n?/m;

/**
 * Takes back what the CLI writes into a stack's file for its own sake: the salt of the local passphrase, which
 * the state holds too. Without this, a local deployment would show up in the repository's changes.
 *
 * @param file `Pulumi.<stack>.yaml`, which need not exist
 */
export async function withoutNewSalt<T>(file: string, work: () => Promise<T>): Promise<T> {
  const before = existsSync(file) ? readFileSync(file, "utf8") : "";
  try {
    return await work();
  } finally {
    if (!saltLine.test(before) && existsSync(file)) restore(file, before);
  }
}

/** Leaves a file as it is when the CLI has changed anything else, such as a value that needs the salt. */
function restore(file: string, before: string): void {
  const rest = readFileSync(file, "utf8").replace(saltLine, "");
  if (rest.trim() !== before.trim()) return;
  if (before === "") rmSync(file);
  else writeFileSync(file, before);
}
