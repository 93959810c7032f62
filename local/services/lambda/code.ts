import { createHash } from "node:crypto";
import { mkdirSync, writeFileSync } from "node:fs";
import { rm } from "node:fs/promises";
import { dirname, join, normalize } from "node:path";
import { AwsError } from "../../protocol/awsError.ts";
import { writeBootstrap } from "./bootstrapFile.ts";
import type { FunctionVersion } from "./environments/version.ts";
import { makeTemporaryFolder } from "./temporaryFolder.ts";

/** The temporary directory that functions run from: one folder for each version of each function. */
export class CodeDirectory {
  #root: string | undefined;
  #bootstrap: Promise<string> | undefined;
  #versions = 0;

  /** Unpacks a function's code, and its layers over one another, in their order. */
  add(functionName: string, files: CodeFiles, layers: readonly CodeFiles[] = []): UnpackedCode {
    const codeDirectory = join(this.#made(), `${functionName}-${++this.#versions}`);
    unpack(files, codeDirectory);
    if (layers.length === 0) return { codeDirectory };
    const layerDirectory = `${codeDirectory}-layers`;
    for (const layer of layers) unpack(layer, layerDirectory);
    return { codeDirectory, layerDirectory };
  }

  /** The path of the bootstrap, which is written at the first call. */
  bootstrap(): Promise<string> {
    this.#bootstrap ??= writeBootstrap(this.#made());
    return this.#bootstrap;
  }

  async remove(): Promise<void> {
    // Nothing may be written into the directory after its removal.
    await this.#bootstrap;
    if (this.#root !== undefined) await rm(this.#root, { recursive: true, force: true });
  }

  #made(): string {
    this.#root ??= makeTemporaryFolder();
    return this.#root;
  }
}

/** The folders that a version of a function runs from. */
export type UnpackedCode = Pick<FunctionVersion, "codeDirectory" | "layerDirectory">;

/** The contents of a deployment archive, by path. */
export type CodeFiles = Readonly<Record<string, Uint8Array | string>>;

/** The code's size and hash, as Lambda reports them. */
export type CodeSummary = {
  /** SHA-256 in base64, over paths and contents: equal code has equal hashes. */
  readonly sha256: string;
  /** In bytes, unpacked. */
  readonly size: number;
};

export function summarize(files: CodeFiles): CodeSummary {
  const hash = createHash("sha256");
  let size = 0;
  for (const [path, content] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = typeof content === "string" ? Buffer.from(content) : content;
    hash.update(`${path}\0${bytes.length}\0`).update(bytes);
    size += bytes.length;
  }
  return { sha256: hash.digest("base64"), size };
}

/** Writes the files below `directory`. Throws when there are none, or when one would lie outside. */
function unpack(files: CodeFiles, directory: string): void {
  if (Object.keys(files).length === 0) {
    throw new AwsError("InvalidParameterValueException", "Uploaded file must be a non-empty zip");
  }
  for (const [path, content] of Object.entries(files)) {
    const target = join(directory, insideArchive(path));
    mkdirSync(dirname(target), { recursive: true });
    writeFileSync(target, content);
  }
}

function insideArchive(path: string): string {
  const normal = normalize(path);
  if (normal.startsWith("..") || normal.startsWith("/")) {
    throw new AwsError(
      "InvalidParameterValueException",
      `The archive's path "${path}" leads out of the function's code; use paths below its root.`,
    );
  }
  return normal;
}
