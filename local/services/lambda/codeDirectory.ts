import { mkdtempSync, realpathSync } from "node:fs";
import { rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { type CodeFiles, unpack } from "./code.ts";
import { writeBootstrap } from "./environments/bootstrapFile.ts";

/** The temporary directory that functions run from: one folder for each version of each function. */
export class CodeDirectory {
  #root: string | undefined;
  #bootstrap: Promise<string> | undefined;
  #versions = 0;

  /** Unpacks a function's code. Returns the folder. */
  add(functionName: string, files: CodeFiles): string {
    const directory = join(this.#made(), `${functionName}-${++this.#versions}`);
    unpack(files, directory);
    return directory;
  }

  /** The path of the bootstrap, which is written when it is first asked for. */
  bootstrap(): Promise<string> {
    this.#bootstrap ??= writeBootstrap(this.#made());
    return this.#bootstrap;
  }

  async remove(): Promise<void> {
    // Nothing may be written into the directory after it is gone.
    await this.#bootstrap;
    if (this.#root !== undefined) await rm(this.#root, { recursive: true, force: true });
  }

  #made(): string {
    this.#root ??= realpathSync(mkdtempSync(join(tmpdir(), "fanout-functions-")));
    return this.#root;
  }
}
