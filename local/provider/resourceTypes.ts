import { ProviderError } from "../pulumi/provider.ts";
import { restApigateway } from "../services/apigateway/resources/restApi.ts";
import { apigateway } from "../services/apigateway/resources.ts";
import { cloudfront } from "../services/cloudfront/resources.ts";
import { cloudwatch } from "../services/cloudwatch/resources.ts";
import { dynamodb } from "../services/dynamodb/resources.ts";
import { events } from "../services/events/resources.ts";
import { firehose } from "../services/firehose/resources.ts";
import { iam } from "../services/iam/resources.ts";
import { kinesisTypes } from "../services/kinesis/resources.ts";
import { kms } from "../services/kms/resources.ts";
import { lambda } from "../services/lambda/resources.ts";
import { logs } from "../services/logs/resources.ts";
import { analytics } from "../services/onAwsOnly/resources/analytics.ts";
import { containers } from "../services/onAwsOnly/resources/containers.ts";
import { domains } from "../services/onAwsOnly/resources/domains.ts";
import { front } from "../services/onAwsOnly/resources/front.ts";
import { identity } from "../services/onAwsOnly/resources/identity.ts";
import { machines } from "../services/onAwsOnly/resources/machines.ts";
import { networks } from "../services/onAwsOnly/resources/networks.ts";
import { others } from "../services/onAwsOnly/resources/others.ts";
import { oversight } from "../services/onAwsOnly/resources/oversight.ts";
import { routes } from "../services/onAwsOnly/resources/routes.ts";
import { storage } from "../services/onAwsOnly/resources/storage.ts";
import { s3 } from "../services/s3/resources.ts";
import { scheduler } from "../services/scheduler/resources.ts";
import { secretsManagerTypes } from "../services/secretsmanager/resources.ts";
import { ses } from "../services/ses/resources.ts";
import { sfnTypes } from "../services/sfn/resources.ts";
import { sns } from "../services/sns/resources.ts";
import { sqs } from "../services/sqs/resources.ts";
import { ssmTypes } from "../services/ssm/resources.ts";
import type { ResourceType } from "./declaration/resourceType.ts";

/** Every resource type that a program may use. */
export const allResourceTypes: readonly ResourceType[] = [
  ...sns,
  ...sqs,
  ...lambda,
  ...iam,
  ...kms,
  ...kinesisTypes,
  ...logs,
  ...s3,
  ...dynamodb,
  ...events,
  ...firehose,
  ...analytics,
  ...front,
  ...identity,
  ...machines,
  ...oversight,
  ...storage,
  ...containers,
  ...domains,
  ...networks,
  ...routes,
  ...others,
  ...scheduler,
  ...secretsManagerTypes,
  ...ssmTypes,
  ...sfnTypes,
  ...apigateway,
  ...restApigateway,
  ...cloudfront,
  ...ses,
  ...cloudwatch,
];

/** By each of Pulumi's tokens. */
export const resourceTypes: ReadonlyMap<string, ResourceType> = new Map(
  allResourceTypes.flatMap((type) => type.tokens.map((token) => [token, type] as const)),
);

/** @throws ProviderError for a type that the local cloud does not have */
export function typeOf({ type }: { readonly type: string }): ResourceType {
  const found = resourceTypes.get(type);
  if (found !== undefined) return found;
  throw new ProviderError(
    `the local cloud does not support resources of the type ${type}: leave it out where the program runs locally`,
  );
}
