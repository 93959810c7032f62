import { parseArn } from "../../../aws/arn.ts";
import { formatArn } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { iamArn } from "../../services/iam/roles.ts";
import { keyArn } from "../../services/kms/interface.ts";
import { flag, list, map, region, required, text } from "../declaration/field.ts";
import { found, missing } from "./found.ts";
import { lookup } from "./lookup.ts";

const tags = map(text());

/** What is in the cloud, by the names that AWS's lookups take. */
export const resourceLookups = [
  lookup(
    "aws:sqs/getQueue:getQueue",
    { name: text(required), region, tags },
    (context, { name }) => {
      const { queues, region: own } = context.cloud;
      const url = queues.find(formatArn("sqs", own, String(name)))?.url;
      return found(context, "aws:sqs/queue:Queue", url, `queue ${name}`);
    },
  ),

  lookup(
    "aws:sqs/getQueues:getQueues",
    { queueNamePrefix: text(), region },
    ({ cloud }, { queueNamePrefix = "" }) => {
      const queues = cloud.queues.list().filter(({ name }) => name.startsWith(queueNamePrefix));
      return { id: cloud.region, queueUrls: queues.map(({ url }) => url), region: cloud.region };
    },
  ),

  lookup(
    "aws:sns/getTopic:getTopic",
    { name: text(required), region, tags },
    (context, { name }) => {
      const arn = context.cloud.topics.list().find((each) => each.name === name)?.arn;
      return found(context, "aws:sns/topic:Topic", arn, `topic ${name}`);
    },
  ),

  lookup("aws:s3/getBucket:getBucket", { bucket: text(required), region, tags }, (context, args) =>
    found(context, "aws:s3/bucket:Bucket", args.bucket, `bucket ${args.bucket}`),
  ),

  lookup(
    "aws:lambda/getFunction:getFunction",
    { functionName: text(required), qualifier: text(), region, tags },
    async (context, { functionName }) => {
      const name = context.cloud.functions.find(functionName)?.name;
      const type = "aws:lambda/function:Function";
      return { ...(await found(context, type, name, `function ${functionName}`)), functionName };
    },
  ),

  lookup(
    "aws:dynamodb/getTable:getTable",
    { name: text(required), region, tags },
    (context, args) => found(context, "aws:dynamodb/table:Table", args.name, `table ${args.name}`),
  ),

  lookup("aws:iam/getRole:getRole", { name: text(required), tags }, (context, { name }) =>
    found(context, "aws:iam/role:Role", name, `role ${name}`),
  ),

  lookup(
    "aws:iam/getPolicy:getPolicy",
    { arn: text(), name: text(), pathPrefix: text(), tags },
    (context, { arn, name = "" }) => {
      const policy = arn ?? policyNamed(context.cloud, name);
      return found(context, "aws:iam/policy:Policy", policy, `policy ${arn ?? name}`);
    },
  ),

  lookup(
    "aws:cloudwatch/getEventBus:getEventBus",
    { name: text(required), region },
    (context, { name }) =>
      found(context, "aws:cloudwatch/eventBus:EventBus", name, `event bus ${name}`),
  ),

  lookup(
    "aws:kinesis/getStream:getStream",
    { name: text(required), region, tags },
    async (context, { name }) => {
      const stream = context.cloud.dataStreams.list().find((each) => each.name === name);
      const { arn, shards = [], created = 0 } = stream ?? {};
      return {
        ...(await found(context, "aws:kinesis/stream:Stream", arn, `stream ${name}`)),
        ...{ openShards: shards.map(({ id }) => id), closedShards: [], status: "ACTIVE" },
        creationTimestamp: Math.floor(created / 1000),
      };
    },
  ),

  lookup(
    "aws:sfn/getStateMachine:getStateMachine",
    { name: text(required), region },
    (context, { name }) => {
      const arn = context.cloud.stateMachines.list().find((each) => each.name === name)?.arn;
      return found(context, "aws:sfn/stateMachine:StateMachine", arn, `state machine ${name}`);
    },
  ),

  lookup(
    "aws:kms/getKey:getKey",
    { grantTokens: list(text()), keyId: text(required), region },
    async (context, { keyId }) => {
      const { keys } = context.cloud;
      const target = keys.aliasTarget(keyId) ?? parseArn(keyId)?.resource.slice(4) ?? keyId;
      return {
        ...(await found(context, "aws:kms/key:Key", target, `key ${keyId}`)),
        enabled: true,
      };
    },
  ),

  lookup(
    "aws:ssm/getParameter:getParameter",
    { name: text(required), region, withDecryption: flag() },
    ({ cloud }, { name }) => {
      const parameter = cloud.parameters.find(name);
      if (parameter === undefined) throw missing(`parameter ${name}`);
      const { arn, type, value, version } = parameter;
      const insecureValue = type === "SecureString" ? "" : value;
      return { id: name, arn, type, value, insecureValue, version, region: cloud.region };
    },
  ),

  lookup("aws:kms/getAlias:getAlias", { name: text(required), region }, (context, { name }) => {
    const { region: own } = context.cloud;
    if (!name.startsWith("alias/aws/")) {
      return found(context, "aws:kms/alias:Alias", name, `alias ${name}`);
    }
    const targetKeyArn = keyArn(name.replace("alias/", ""), own);
    const arn = keyArn(name, own);
    return { id: name, name, arn, targetKeyArn, targetKeyId: name };
  }),
];

/** The account's own policies come before AWS's. */
function policyNamed({ permissions: { roles } }: Cloud, name: string): string | undefined {
  const arns = [
    iamArn("policy", name),
    `arn:aws:iam::aws:policy/${name}`,
    `arn:aws:iam::aws:policy/service-role/${name}`,
  ];
  return arns.find((arn) => roles.findManagedPolicy(arn) !== undefined);
}
