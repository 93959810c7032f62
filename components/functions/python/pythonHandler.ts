import type { Architecture } from "../bundleArgs.ts";

/** A handler in Python. */
export type PythonHandler = {
  /** Path of the module, relative to the program's folder, absolute or a file URL. */
  readonly entry: string;
  /** Such as `python3.13`. */
  readonly runtime: string;
  readonly architecture: Architecture;
  /** Files and folders to copy, relative to the program's folder. */
  readonly files: readonly string[];
};
