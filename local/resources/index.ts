import { S3Error } from "../cloud/buckets/s3Error.ts";
import type { Cloud } from "../cloud/cloud.ts";
import { apigateway } from "./apigateway.ts";
import { cloudfront } from "./cloudfront.ts";
import { dynamodb } from "./dynamodb.ts";
import { firehose } from "./firehose.ts";
import { iam } from "./iam.ts";
import { kms } from "./kms.ts";
import { lambda } from "./lambda.ts";
import { logs } from "./logs.ts";
import type { Created, ResourceType } from "./resourceType.ts";
import { s3 } from "./s3.ts";
import { scheduler } from "./scheduler.ts";
import { sns } from "./sns.ts";
import { sqs } from "./sqs.ts";
import { watching } from "./watching.ts";

/** Every resource type that a program may use, by Pulumi's token. */
const types: Readonly<Record<string, ResourceType>> = {
  ...sns,
  ...sqs,
  ...lambda,
  ...iam,
  ...kms,
  ...logs,
  ...s3,
  ...dynamodb,
  ...firehose,
  ...scheduler,
  ...apigateway,
  ...cloudfront,
  ...watching,
};

/**
 * Makes a resource in the local cloud.
 *
 * @throws Error that names the resource: for a type or an input that the local cloud does not know, and
 *   for what AWS would refuse
 */
export async function createResource(
  cloud: Cloud,
  type: string,
  name: string,
  inputs: unknown,
): Promise<Created> {
  const create = types[type];
  if (create === undefined) {
    throw new Error(`${type} "${name}": the local cloud does not have resources of this type`);
  }
  try {
    return await create(cloud, name, inputs);
  } catch (cause) {
    throw new Error(`${type} "${name}": ${reasonOf(cause)}`, { cause });
  }
}

/** S3 says in its details what the message leaves out. */
function reasonOf(cause: unknown): string {
  if (cause instanceof S3Error) return [cause.message, ...Object.values(cause.details)].join("; ");
  return cause instanceof Error ? cause.message : String(cause);
}
