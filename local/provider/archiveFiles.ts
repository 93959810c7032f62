import * as pulumi from "@pulumi/pulumi";

/**
 * The files of a function's archive by their path.
 *
 * @throws Error for an archive that is not made of texts, as the components' are
 */
export async function archiveFiles(archive: unknown): Promise<Record<string, string>> {
  if (!(archive instanceof pulumi.asset.AssetArchive)) {
    throw new Error(
      "code: the local cloud runs archives of text assets, as HandlerFunction makes them",
    );
  }
  const files = Object.entries(await archive.assets).map(async ([path, asset]) => {
    if (asset instanceof pulumi.asset.StringAsset) return [path, await asset.text] as const;
    throw new Error(`code: ${path} is not a text`);
  });
  return Object.fromEntries(await Promise.all(files));
}
