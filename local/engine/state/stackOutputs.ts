import { mkdirSync, readdirSync, readFileSync, renameSync, writeFileSync } from "node:fs";
import path from "node:path";
import { fromJson, toJson } from "../../pulumi/values/json.ts";
import type { ValueMap } from "../../pulumi/values/value.ts";
import { errorCode } from "../../storage/errorCode.ts";
import type { Cipher } from "./cipher.ts";

export type StackName = {
  readonly organization: string;
  readonly project: string;
  readonly stack: string;
};

/** The outputs of local stacks, for stack references. */
export interface StackOutputs {
  read(name: StackName): ValueMap | undefined;
  write(name: StackName, outputs: ValueMap): void;
  /** Of all stacks there are: `shop/dev`. */
  names(): readonly string[];
}

export class MemoryStackOutputs implements StackOutputs {
  readonly #outputs = new Map<string, ValueMap>();

  read(name: StackName): ValueMap | undefined {
    return this.#outputs.get(keyOf(name));
  }

  write(name: StackName, outputs: ValueMap): void {
    this.#outputs.set(keyOf(name), outputs);
  }

  names(): readonly string[] {
    return [...this.#outputs.keys()];
  }
}

/** Keeps each stack's outputs in `PROJECT/STACK.json` of a folder. The organization makes no difference. */
export class StackOutputsDirectory implements StackOutputs {
  readonly #directory: string;
  readonly #cipher: Cipher;

  constructor(directory: string, cipher: Cipher) {
    this.#directory = directory;
    this.#cipher = cipher;
  }

  read(name: StackName): ValueMap | undefined {
    try {
      return fromJson(JSON.parse(readFileSync(this.#fileOf(name), "utf8")), this.#cipher);
    } catch (error) {
      if (errorCode(error) === "ENOENT") return undefined;
      throw error;
    }
  }

  write(name: StackName, outputs: ValueMap): void {
    const file = this.#fileOf(name);
    mkdirSync(path.dirname(file), { recursive: true });
    // A reader never sees half of it.
    const text = JSON.stringify(toJson(outputs, this.#cipher));
    writeFileSync(`${file}.new`, text, { mode: 0o600 });
    renameSync(`${file}.new`, file);
  }

  names(): readonly string[] {
    return listed(this.#directory).flatMap((project) =>
      listed(path.join(this.#directory, project))
        .filter((file) => file.endsWith(".json"))
        .map((file) => `${project}/${file.slice(0, -".json".length)}`),
    );
  }

  #fileOf({ project, stack }: StackName): string {
    return path.join(
      this.#directory,
      encodeURIComponent(project),
      `${encodeURIComponent(stack)}.json`,
    );
  }
}

function keyOf({ project, stack }: StackName): string {
  return `${project}/${stack}`;
}

function listed(directory: string): string[] {
  try {
    return readdirSync(directory);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return [];
    throw error;
  }
}
