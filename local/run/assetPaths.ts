import type { ResourceState } from "../engine/state/resourceState.ts";
import { type Archive, type Asset, AssetValue } from "../pulumi/values/propertyValue.ts";
import { isList, isValueMap, Secret, type Value } from "../pulumi/values/value.ts";

/** Full paths of the files and folders that resources were made from, each once. */
export function assetPaths(resources: readonly ResourceState[]): string[] {
  return [...new Set(resources.flatMap(({ inputs }) => pathsIn(inputs)))];
}

function pathsIn(value: Value): string[] {
  if (typeof value !== "object" || value === null) return [];
  if (value instanceof AssetValue) return pathsOf(value.value);
  if (value instanceof Secret) return pathsIn(value.value);
  if (isList(value)) return value.flatMap(pathsIn);
  return isValueMap(value) ? Object.values(value).flatMap(pathsIn) : [];
}

function pathsOf(asset: Asset | Archive): string[] {
  switch (asset.kind) {
    case "fileAsset":
    case "fileArchive":
      return [asset.path];
    case "assetArchive":
      return Object.values(asset.assets).flatMap(pathsOf);
    default:
      return [];
  }
}
