import { statementsOf } from "./policies.ts";
import type { Registration } from "./registration.ts";

/**
 * What AWS would refuse among the resources of an update, or Pulumi: names, sizes, and two owners of what
 * can have one. A line for each.
 * https://docs.aws.amazon.com/general/latest/gr/aws-service-information.html
 */
export function brokenLimits(registrations: readonly Registration[]): string[] {
  return [
    ...registrations.flatMap(wrongName),
    ...registrations.flatMap(tooLarge),
    ...registrations.flatMap(wrongStatements),
    ...twice(registrations.map(({ urn }) => urn)),
    ...twice(registrations.flatMap(owned)),
  ];
}

const names: Readonly<Record<string, RegExp>> = {
  "aws:sns/topic:Topic": /^(?=.{1,256}$)[\w-]+(\.fifo)?$/,
  "aws:sqs/queue:Queue": /^(?=.{1,80}$)[\w-]+(\.fifo)?$/,
  "aws:lambda/function:Function": /^[\w-]{1,64}$/,
  "aws:iam/role:Role": /^[\w+=,.@-]{1,64}$/,
  "aws:s3/bucket:Bucket": /^[a-z0-9][a-z0-9.-]{1,61}[a-z0-9]$/,
  "aws:dynamodb/table:Table": /^[\w.-]{3,255}$/,
  "aws:cloudwatch/logGroup:LogGroup": /^[\w.#/-]{1,512}$/,
  "aws:cloudwatch/metricAlarm:MetricAlarm": /^.{1,255}$/,
};

function wrongName({ type, id, urn }: Registration): string[] {
  const pattern = names[type];
  return pattern === undefined || pattern.test(id) ? [] : [`${urn}: the name ${id}`];
}

/** Bytes of an input. */
const sizes: Readonly<Record<string, { readonly input: string; readonly most: number }>> = {
  "aws:sns/topicPolicy:TopicPolicy": { input: "policy", most: 30_720 },
  "aws:sqs/queue:Queue": { input: "policy", most: 8192 },
  "aws:iam/rolePolicy:RolePolicy": { input: "policy", most: 10_240 },
  "aws:kms/keyPolicy:KeyPolicy": { input: "policy", most: 32_768 },
  "aws:s3/bucketPolicy:BucketPolicy": { input: "policy", most: 20_480 },
  "aws:sns/topicSubscription:TopicSubscription": { input: "filterPolicy", most: 262_144 },
  "aws:lambda/function:Function": { input: "handler", most: 128 },
};

function tooLarge({ type, inputs, urn }: Registration): string[] {
  const limit = sizes[type];
  if (limit === undefined) return [];
  const size = Buffer.byteLength(String(inputs[limit.input] ?? ""));
  return size <= limit.most ? [] : [`${urn}: ${limit.input} has ${size} bytes`];
}

/** How many statements a policy may have; a role's is limited by its size alone. */
const mostStatements: Readonly<Record<string, number>> = {
  "aws:sns/topicPolicy:TopicPolicy": 100,
  "aws:sqs/queue:Queue": 20,
};

function wrongStatements(registration: Registration): string[] {
  const { type, urn } = registration;
  const statements = statementsOf(registration).map(({ statement }) => statement);
  const sids = statements.flatMap(({ Sid }) => (Sid === undefined ? [] : [String(Sid)]));
  return [
    ...(statements.length > (mostStatements[type] ?? Number.POSITIVE_INFINITY)
      ? [`${urn}: ${statements.length} statements`]
      : []),
    ...twice(sids.map((sid) => `${urn}: the Sid ${sid}`)),
    ...sids.filter((sid) => !/^[A-Za-z0-9]+$/.test(sid)).map((sid) => `${urn}: the Sid ${sid}`),
  ];
}

/** What one resource alone may write. */
function owned({ type, inputs }: Registration): string[] {
  switch (type) {
    case "aws:sns/topicPolicy:TopicPolicy":
      return [`the policy of ${inputs.arn}`];
    case "aws:s3/bucketPolicy:BucketPolicy":
      return [`the policy of the bucket ${inputs.bucket}`];
    case "aws:s3/bucketNotification:BucketNotification":
      return [`the notifications of ${inputs.bucket}`];
    case "aws:kms/keyPolicy:KeyPolicy":
      return [`the policy of the key ${inputs.keyId}`];
    case "aws:sqs/queue:Queue":
      return [`the queue ${inputs.name}`];
    case "aws:sns/topicSubscription:TopicSubscription":
      return [`the subscription of ${inputs.topic} for ${inputs.endpoint}`];
    case "aws:lambda/eventSourceMapping:EventSourceMapping":
      return [`the mapping of ${inputs.eventSourceArn} to ${inputs.functionName}`];
    default:
      return [];
  }
}

function twice(keys: readonly string[]): string[] {
  return keys.filter((key, index) => keys.indexOf(key) !== index).map((key) => `twice: ${key}`);
}
