import path from "node:path";
import { type Archive, type Asset, AssetValue } from "./propertyValue.ts";
import { isList, isValueMap, Secret, type Value, type ValueMap } from "./value.ts";

/** The same properties with full paths of files: the engine works in another folder than the program. */
export function resolveAssets(values: ValueMap, directory: string): ValueMap {
  const resolved: Record<string, Value> = {};
  let isSame = true;
  for (const [name, value] of Object.entries(values)) {
    const each = resolve(value, directory);
    resolved[name] = each;
    isSame &&= each === value;
  }
  return isSame ? values : resolved;
}

function resolve(value: Value, directory: string): Value {
  if (typeof value !== "object" || value === null) return value;
  if (value instanceof AssetValue) return new AssetValue(resolveAsset(value.value, directory));
  if (value instanceof Secret) {
    const inner = resolve(value.value, directory);
    return inner === value.value ? value : new Secret(inner);
  }
  if (isList(value)) {
    const items = value.map((each) => resolve(each, directory));
    return items.every((each, index) => each === value[index]) ? value : items;
  }
  return isValueMap(value) ? resolveAssets(value, directory) : value;
}

function resolveAsset(asset: Asset | Archive, directory: string): Asset | Archive {
  switch (asset.kind) {
    case "fileAsset":
    case "fileArchive":
      return { kind: asset.kind, path: path.resolve(directory, asset.path) };
    case "assetArchive": {
      const assets = Object.entries(asset.assets).map(
        ([name, each]) => [name, resolveAsset(each, directory)] as const,
      );
      return { kind: "assetArchive", assets: Object.fromEntries(assets) };
    }
    default:
      return asset;
  }
}
