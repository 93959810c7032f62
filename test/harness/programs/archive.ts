import * as pulumi from "@pulumi/pulumi";

/** The texts in an archive of a function, by their path. */
export async function textsOf(code: unknown): Promise<Record<string, string>> {
  if (!(code instanceof pulumi.asset.AssetArchive)) throw new Error("not an archive of assets");
  const assets = await code.assets;
  const texts = await Promise.all(
    Object.entries(assets).map(([path, asset]) => readText(path, asset)),
  );
  return Object.fromEntries(texts);
}

/** The paths of the files in an archive. */
export async function filesOf(code: unknown): Promise<string[]> {
  return Object.keys(await textsOf(code));
}

async function readText(path: string, asset: unknown): Promise<[string, string]> {
  if (!(asset instanceof pulumi.asset.StringAsset)) throw new Error(`${path} is not a text`);
  return [path, await asset.text];
}
