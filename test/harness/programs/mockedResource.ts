import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

/** The account that all of a program's resources are in. */
export const ownAccount = "123456789012";
const region = "eu-west-1";

/** What Pulumi adds to a name; always the same here, so that tests can state whole names. */
export const uniqueSuffix = "-1a2b3c4";

/** Plain values, by property. */
export type State = Record<string, JavaScriptValue>;

type Inputs = Readonly<State>;

/** What AWS would answer for a new resource: its id and its outputs. In a preview only the inputs are known. */
export function mockedResource(
  type: string,
  name: string,
  inputs: Inputs,
  preview: boolean,
): { id: string; state: State } {
  if (preview) return { id: "", state: { ...inputs } };
  return existing(type, physicalName(name, inputs), inputs);
}

/** What AWS would answer for a resource that is there, by its id: its name, or an ARN that ends with it. */
export function existingResource(type: string, id: string): { id: string; state: State } {
  const { state } = existing(type, id.split(/[:/]/).at(-1) ?? id, {});
  return { id, state: id.startsWith("arn:") ? { ...state, arn: id } : state };
}

function existing(type: string, physical: string, inputs: Inputs): { id: string; state: State } {
  const attributes = attributesByType[type]?.(physical, inputs) ?? {};
  return { id: physical, state: { name: physical, ...inputs, ...attributes } };
}

function physicalName(name: string, inputs: Inputs): string {
  if (typeof inputs.name === "string") return inputs.name;
  const fifo = inputs.fifoTopic === true || inputs.fifoQueue === true;
  return `${name}${uniqueSuffix}${fifo ? ".fifo" : ""}`;
}

const attributesByType: Readonly<Record<string, (name: string, inputs: Inputs) => State>> = {
  "aws:sns/topic:Topic": (name) => ({ arn: arn("sns", name) }),
  "aws:sns/topicSubscription:TopicSubscription": (name, inputs) => ({
    arn: `${inputs.topic}:${name}`,
  }),
  "aws:sqs/queue:Queue": (name, inputs) => ({
    arn: arn("sqs", name, inputs),
    url: `https://sqs.${region}.amazonaws.com/${ownAccount}/${name}`,
  }),
  "aws:lambda/function:Function": (name, inputs) => ({
    arn: arn("lambda", `function:${name}`, inputs),
    role: inputs.role ?? `arn:aws:iam::${ownAccount}:role/${name}`,
  }),
  "aws:iam/role:Role": (name) => ({ arn: `arn:aws:iam::${ownAccount}:role/${name}` }),
  "aws:cloudwatch/logGroup:LogGroup": (name, inputs) => ({
    arn: arn("logs", `log-group:${name}`, inputs),
  }),
  "aws:s3/bucket:Bucket": (name) => ({
    bucket: name,
    arn: `arn:aws:s3:::${name}`,
    bucketRegionalDomainName: `${name}.s3.${region}.amazonaws.com`,
  }),
  "aws:apigatewayv2/api:Api": (name) => ({
    apiEndpoint: `https://${name}.execute-api.${region}.amazonaws.com`,
    executionArn: arn("execute-api", name),
  }),
  "aws:cloudfront/distribution:Distribution": (name) => ({
    arn: `arn:aws:cloudfront::${ownAccount}:distribution/${name}`,
    domainName: `${name}.cloudfront.net`,
  }),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (name) => ({
    arn: arn("firehose", `deliverystream/${name}`),
  }),
  "aws:kms/key:Key": (name) => ({ keyId: keyId(name), arn: arn("kms", `key/${keyId(name)}`) }),
  "aws:dynamodb/table:Table": (name) => ({ arn: arn("dynamodb", `table/${name}`) }),
};

/** As long as AWS's, because policies that name a key count its bytes: 36 characters. */
function keyId(name: string): string {
  return name.slice(-36).padStart(36, "0");
}

/** In the region that the resource is made for, where it names one. */
function arn(service: string, resource: string, inputs: Inputs = {}): string {
  const place = typeof inputs.region === "string" ? inputs.region : region;
  return `arn:aws:${service}:${place}:${ownAccount}:${resource}`;
}
