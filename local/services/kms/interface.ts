import { formatArn } from "../../arn.ts";
import { accessDenied } from "../../protocol/awsError.ts";

/** A key such as `alias/aws/sns`: open to everyone in the account, and to no other service. */
export function isManagedByAws(keyId: string): boolean {
  return /(^|:)alias\/aws\//.test(keyId);
}

/** The ARN of a key that an attribute names by its id, its alias, or its ARN. */
export function keyArn(keyId: string, region: string): string {
  if (keyId.startsWith("arn:")) return keyId;
  return formatArn("kms", region, keyId.startsWith("alias/") ? keyId : `key/${keyId}`);
}

/** What sending to something encrypted needs of its key: a data key, and to check that it can be used again. */
export const keyActions: readonly string[] = ["kms:GenerateDataKey", "kms:Decrypt"];

/** A service that sends to an encrypted queue. */
export type KeyUser = {
  /** `sns.amazonaws.com` */
  readonly service: string;
  readonly region: string;
  /** @throws AwsError unless the service may do `action` */
  readonly require: (action: string, resource: string) => void;
};

/**
 * The key behind an encrypted queue: the service that sends must be allowed to use it, too.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-key-management.html#compatibility-with-aws-services
 *
 * @throws AwsError AccessDenied for a key that AWS manages; what `require` throws
 */
export function requireKey(keyId: string, { service, region, require }: KeyUser): void {
  if (isManagedByAws(keyId)) {
    throw accessDenied(
      `${service} may not use the key ${keyId}: AWS manages it, and its policy cannot be changed. Use SSE-SQS or a customer managed key.`,
    );
  }
  for (const action of keyActions) require(action, keyArn(keyId, region));
}
