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
import { scheduler } from "../services/scheduler/resources.ts";
import { sns } from "../services/sns/resources.ts";
import { sqs } from "../services/sqs/resources.ts";
import type { ResourceType } from "./declaration/resourceType.ts";

/** Every resource type that a program may use. */
export const allResourceTypes: readonly ResourceType[] = [
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
];

/** By each of Pulumi's tokens. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  allResourceTypes.flatMap((type) => type.tokens.map((token) => [token, type] as const)),
);
