import { readFile } from "node:fs/promises";
import * as pulumi from "@pulumi/pulumi";

/**
 * What an object's source holds.
 *
 * @throws Error for a source that is neither a file nor a text
 */
export async function assetBytes(source: unknown): Promise<Buffer> {
  if (source instanceof pulumi.asset.FileAsset) return readFile(await source.path);
  if (source instanceof pulumi.asset.StringAsset) return Buffer.from(await source.text);
  throw new Error("source: the local cloud stores objects of files and texts");
}
