import type { JavaScriptValue } from "google-protobuf/google/protobuf/struct_pb.js";

const account = "123456789012";
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
  const physical = physicalName(name, inputs);
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
  "aws:sqs/queue:Queue": (name) => ({
    arn: arn("sqs", name),
    url: `https://sqs.${region}.amazonaws.com/${account}/${name}`,
  }),
  "aws:lambda/function:Function": (name) => ({ arn: arn("lambda", `function:${name}`) }),
  "aws:iam/role:Role": (name) => ({ arn: `arn:aws:iam::${account}:role/${name}` }),
  "aws:cloudwatch/logGroup:LogGroup": (name) => ({ arn: arn("logs", `log-group:${name}`) }),
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
    arn: `arn:aws:cloudfront::${account}:distribution/${name}`,
    domainName: `${name}.cloudfront.net`,
  }),
  "aws:dynamodb/table:Table": (name) => ({ arn: arn("dynamodb", `table/${name}`) }),
};

function arn(service: string, resource: string): string {
  return `arn:aws:${service}:${region}:${account}:${resource}`;
}
