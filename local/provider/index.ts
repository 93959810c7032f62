import type { Cloud } from "../cloud.ts";
import { apigateway } from "../services/apigateway/resources.ts";
import { cloudfront } from "../services/cloudfront/resources.ts";
import { watching } from "../services/cloudwatch/resources.ts";
import { dynamodb } from "../services/dynamodb/resources.ts";
import { firehose } from "../services/firehose/resources.ts";
import { iam } from "../services/iam/resources.ts";
import { kms } from "../services/kms/resources.ts";
import { lambda } from "../services/lambda/resources.ts";
import { logs } from "../services/logs/resources.ts";
import { s3 } from "../services/s3/resources.ts";
import { S3Error } from "../services/s3/s3Error.ts";
import { scheduler } from "../services/scheduler/resources.ts";
import { sns } from "../services/sns/resources.ts";
import { sqs } from "../services/sqs/resources.ts";
import type { Created, ResourceType } from "./resourceType.ts";

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
