import { readFile } from "node:fs/promises";
import * as v from "valibot";
import { inOrder, type StateEntry, shownAsset, withoutEmpty } from "./engine.ts";

const texts = v.optional(v.array(v.string()), []);
const flag = v.optional(v.boolean(), false);
const text = v.optional(v.string(), "");

const resource = v.object({
  urn: v.string(),
  custom: v.boolean(),
  external: flag,
  inputs: v.optional(v.unknown(), {}),
  outputs: v.optional(v.unknown(), {}),
  parent: text,
  dependencies: texts,
  propertyDependencies: v.nullish(v.record(v.string(), v.nullish(v.array(v.string())))),
  provider: text,
  protect: flag,
  retainOnDelete: flag,
  deletedWith: text,
  importID: text,
  delete: flag,
  pendingReplacement: flag,
});

const stateFile = v.object({
  checkpoint: v.object({ latest: v.object({ resources: v.optional(v.array(resource), []) }) }),
});

/** Reads the file in which the real engine keeps a stack. */
export async function readState(file: string): Promise<StateEntry[]> {
  const { checkpoint } = v.parse(stateFile, JSON.parse(await readFile(file, "utf8")));
  return inOrder(checkpoint.latest.resources.map(entryOf));
}

function entryOf(state: v.InferOutput<typeof resource>): StateEntry {
  const { importID, delete: pendingDelete, propertyDependencies, ...same } = state;
  return {
    ...same,
    dependencies: state.dependencies.toSorted(),
    inputs: shown(state.inputs),
    outputs: shown(state.outputs),
    propertyDependencies: withoutEmpty(propertyDependencies ?? {}),
    provider: state.provider.slice(0, Math.max(0, state.provider.lastIndexOf("::"))),
    importId: importID,
    pendingDelete,
  };
}

const resourceSignature = "5cf8f73096256a8f31e491e813e4eb8e";
const assetSignature = "c44067f5952c0a294b673a41bacd8c17";
const archiveSignature = "0def7320c3a5731c473e5ecbe6d01bc7";
const secretSignature = "1b47061264138c4ac30d75fd1eb44270";

/** Values with secrets hidden: their ciphertext differs each time. */
function shown(value: unknown): unknown {
  if (Array.isArray(value)) return value.map(shown);
  if (typeof value !== "object" || value === null) return value;
  if (Object.values(value).includes(secretSignature)) return "[secret]";
  const kinds = Object.values(value);
  if (kinds.includes(assetSignature) || kinds.includes(archiveSignature)) return assetOf(value);
  // A reference to a resource is shown by its URN and id alone.
  return Object.fromEntries(
    Object.entries(value).flatMap(([name, each]) =>
      each === resourceSignature ? [] : [[name, shown(each)]],
    ),
  );
}

function assetOf(value: object): string {
  return shownAsset("path" in value && typeof value.path === "string" ? value.path : "");
}
