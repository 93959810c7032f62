import { mkdirSync, writeFileSync } from "node:fs";
import path from "node:path";
import * as pulumi from "@pulumi/pulumi";
import type { Registration } from "../../test/harness/programs/registration.ts";
import { archiveMark, type FlatResource, fileMark, folderMark } from "./flatResource.ts";

/**
 * The resources of a program without its components: the same inputs and dependencies, code in files.
 *
 * @param folder where text of assets is written to; created if it does not exist
 */
export async function flatten(
  registrations: readonly Registration[],
  folder: string,
): Promise<FlatResource[]> {
  mkdirSync(folder, { recursive: true });
  const custom = registrations.filter(({ type }) => type.startsWith("aws:"));
  return Promise.all(
    custom.map(async (each, index) => {
      const fromInputs = new Set(Object.values(each.inputDependencies).flat());
      const files = path.join(folder, String(index));
      return {
        urn: each.urn,
        type: each.type,
        name: each.name,
        inputs: await storedRecord(each.inputs, files),
        inputDependencies: Object.fromEntries(
          Object.entries(each.inputDependencies).map(([input, urns]) => [input, [...urns]]),
        ),
        dependsOn: each.dependencies.filter((urn) => !fromInputs.has(urn)),
        protect: each.protect,
      };
    }),
  );
}

async function storedRecord(
  values: Readonly<Record<string, unknown>>,
  files: string,
): Promise<Record<string, unknown>> {
  const entries = Object.entries(values).map(
    async ([key, value]) => [key, await stored(value, files)] as const,
  );
  return Object.fromEntries(await Promise.all(entries));
}

/** Only whole inputs are archives and assets. */
async function stored(value: unknown, files: string): Promise<unknown> {
  if (value instanceof pulumi.asset.AssetArchive) {
    return { [archiveMark]: await storedRecord(await value.assets, files) };
  }
  if (value instanceof pulumi.asset.FileArchive) return { [folderMark]: await value.path };
  if (value instanceof pulumi.asset.FileAsset) return { [fileMark]: await value.path };
  if (!(value instanceof pulumi.asset.StringAsset)) return value;
  writeFileSync(files, await value.text);
  return { [fileMark]: files };
}
