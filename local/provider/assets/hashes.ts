import { createHash } from "node:crypto";
import { AssetValue, mapValues, type PropertyMap } from "../../pulumi/values/propertyValue.ts";
import type { CodeFiles } from "../../services/lambda/code.ts";
import { readArchive, readAsset } from "./readAssets.ts";

/**
 * Properties whose assets have the hash of their contents, by which a change is seen.
 *
 * @param directory what relative paths start from
 */
export async function withHashes(properties: PropertyMap, directory: string): Promise<PropertyMap> {
  const hashes = new Map<AssetValue, AssetValue>();
  for (const value of Object.values(properties)) {
    if (value instanceof AssetValue) hashes.set(value, await hashed(value, directory));
  }
  return hashes.size === 0
    ? properties
    : mapValues(properties, (value) =>
        value instanceof AssetValue ? (hashes.get(value) ?? value) : value,
      );
}

async function hashed(asset: AssetValue, directory: string): Promise<AssetValue> {
  const { value } = asset;
  if (value.hash !== undefined) return asset;
  const isArchive = value.kind === "assetArchive" || value.kind === "fileArchive";
  const files = isArchive
    ? await readArchive(value, directory)
    : { "": await readAsset(value, directory) };
  return new AssetValue({ ...value, hash: hashOf(files) });
}

/** SHA-256 over paths and contents, in hexadecimal: equal files have equal hashes. */
export function hashOf(files: CodeFiles): string {
  const hash = createHash("sha256");
  for (const [name, content] of Object.entries(files).sort(([a], [b]) => (a < b ? -1 : 1))) {
    const bytes = Buffer.from(content);
    hash.update(`${name}\0${bytes.length}\0`).update(bytes);
  }
  return hash.digest("hex");
}
