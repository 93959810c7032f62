import { formatArn } from "../../arn.ts";

/** A key such as `alias/aws/sns`: open to everyone in the account, and to no other service. */
export function isManagedByAws(keyId: string): boolean {
  return /(^|:)alias\/aws\//.test(keyId);
}

/** The ARN of a key that an attribute names by its id, its alias, or its ARN. */
export function keyArn(keyId: string, region: string): string {
  if (keyId.startsWith("arn:")) return keyId;
  return formatArn("kms", region, keyId.startsWith("alias/") ? keyId : `key/${keyId}`);
}
