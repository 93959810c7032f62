/** Where mocked resources are. */
export type MockedPlace = {
  /** 12 digits. */
  readonly account: string;
  readonly region: string;
};

/** Plain values, by property. */
export type MockedState = Record<string, string | number | boolean | null | unknown[] | object>;

/** A resource as a mock returns it to Pulumi. */
export type MockedResource = { id: string; state: MockedState };

type Inputs = Readonly<MockedState>;
type Outputs = (name: string, inputs: Inputs, arns: Arns) => MockedState;

/** What Pulumi adds to a name; always the same here, so that tests can state whole names. */
const uniqueSuffix = "-1a2b3c4";

/**
 * A new resource with the outputs that AWS computes: its id, its name (the program's, or Pulumi's with a fixed
 * suffix), its ARN and what else a fan-out reads. Other outputs are the inputs.
 */
export function createdState(
  place: MockedPlace,
  type: string,
  name: string,
  inputs: Inputs,
): MockedResource {
  return stateOf(place, type, physicalName(name, inputs), inputs);
}

/** An existing resource by its id: its name, or an ARN that ends with it. */
export function existingState(place: MockedPlace, type: string, id: string): MockedResource {
  const { state } = stateOf(place, type, id.split(/[:/]/).at(-1) ?? id, {});
  return { id, state: id.startsWith("arn:") ? { ...state, arn: id } : state };
}

function stateOf(
  place: MockedPlace,
  type: string,
  physical: string,
  inputs: Inputs,
): MockedResource {
  const outputs = outputsByType[type]?.(physical, inputs, new Arns(place, inputs)) ?? {};
  return { id: physical, state: { name: physical, ...inputs, ...outputs } };
}

function physicalName(name: string, inputs: Inputs): string {
  if (typeof inputs.name === "string") return inputs.name;
  const fifo = inputs.fifoTopic === true || inputs.fifoQueue === true;
  return `${name}${uniqueSuffix}${fifo ? ".fifo" : ""}`;
}

/** ARNs in the region that a resource is created in: its own, if it has one. */
class Arns {
  readonly region: string;
  readonly account: string;

  constructor({ account, region }: MockedPlace, inputs: Inputs) {
    this.region = typeof inputs.region === "string" ? inputs.region : region;
    this.account = account;
  }

  regional(service: string, resource: string): string {
    return `arn:aws:${service}:${this.region}:${this.account}:${resource}`;
  }

  global(service: string, resource: string): string {
    return `arn:aws:${service}::${this.account}:${resource}`;
  }
}

const outputsByType: Readonly<Record<string, Outputs>> = {
  "aws:cloudwatch/eventRule:EventRule": (name, _inputs, arns) => ({
    arn: arns.regional("events", `rule/${name}`),
  }),
  "aws:sns/topic:Topic": (name, _inputs, arns) => ({ arn: arns.regional("sns", name) }),
  "aws:sns/topicSubscription:TopicSubscription": (name, inputs) => ({
    arn: `${inputs.topic}:${name}`,
  }),
  "aws:sqs/queue:Queue": (name, _inputs, arns) => ({
    arn: arns.regional("sqs", name),
    url: `https://sqs.${arns.region}.amazonaws.com/${arns.account}/${name}`,
  }),
  "aws:lambda/function:Function": (name, inputs, arns) => ({
    arn: arns.regional("lambda", `function:${name}`),
    role: inputs.role ?? arns.global("iam", `role/${name}`),
  }),
  "aws:iam/role:Role": (name, _inputs, arns) => ({ arn: arns.global("iam", `role/${name}`) }),
  "aws:cloudwatch/logGroup:LogGroup": (name, _inputs, arns) => ({
    arn: arns.regional("logs", `log-group:${name}`),
  }),
  "aws:s3/bucket:Bucket": (name, _inputs, arns) => ({
    bucket: name,
    arn: `arn:aws:s3:::${name}`,
    region: arns.region,
    bucketRegionalDomainName: `${name}.s3.${arns.region}.amazonaws.com`,
  }),
  "aws:apigatewayv2/api:Api": (name, _inputs, arns) => ({
    apiEndpoint: `https://${name}.execute-api.${arns.region}.amazonaws.com`,
    executionArn: arns.regional("execute-api", name),
  }),
  "aws:cloudfront/distribution:Distribution": (name, _inputs, arns) => ({
    arn: arns.global("cloudfront", `distribution/${name}`),
    domainName: `${name}.cloudfront.net`,
  }),
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": (name, _inputs, arns) => ({
    arn: arns.regional("firehose", `deliverystream/${name}`),
  }),
  "aws:kms/key:Key": (name, _inputs, arns) => ({
    keyId: keyId(name),
    arn: arns.regional("kms", `key/${keyId(name)}`),
  }),
  "aws:dynamodb/table:Table": (name, _inputs, arns) => ({
    arn: arns.regional("dynamodb", `table/${name}`),
  }),
};

/** As long as AWS's, because policies that name a key count its bytes: 36 characters. */
function keyId(name: string): string {
  return name.slice(-36).padStart(36, "0");
}
