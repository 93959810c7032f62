import type { Cloud } from "../../../cloud.ts";
import { unzip } from "../../../provider/assets/zip.ts";
import { asset, text, type Values } from "../../../provider/declaration/field.ts";
import type { Making } from "../../../provider/declaration/resourceType.ts";
import { ProviderError } from "../../../pulumi/provider.ts";
import type { CodeFiles } from "../code.ts";

/** Where the files of a function or of a layer come from: an archive, or an object that is a zip file. */
export const codeInputs = {
  code: asset({ conflicts: ["s3Bucket"] }),
  s3Bucket: text(),
  s3Key: text(),
  s3ObjectVersion: text(),
};

/** @throws ProviderError when the program gives neither */
export async function filesOf(
  { buckets: { objects } }: Cloud,
  { code, s3Bucket, s3Key = "", s3ObjectVersion }: Values<typeof codeInputs>,
  making: Making,
): Promise<CodeFiles> {
  if (code !== undefined) return making.files(code);
  if (s3Bucket !== undefined) {
    const object = objects.get(s3Bucket, s3Key, s3ObjectVersion);
    return unzip(objects.read(object), `s3://${s3Bucket}/${s3Key}`);
  }
  throw new ProviderError(
    'code: there is no code: give "code" an archive, or "s3Bucket" and "s3Key"',
  );
}
