import { parseArn } from "../../../aws/arn.ts";
import { formatArn } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import type { PropertyMap } from "../../pulumi/values/propertyValue.ts";
import { iamArn } from "../../services/iam/roles.ts";
import { keyArn } from "../../services/kms/interface.ts";
import { flag, list, map, region, required, text } from "../declaration/field.ts";
import { typeOf } from "../resourceTypes.ts";
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
      return found(context.cloud, "aws:sqs/queue:Queue", url, `queue ${name}`);
    },
  ),

  lookup(
    "aws:sns/getTopic:getTopic",
    { name: text(required), region, tags },
    ({ cloud }, { name }) => {
      const arn = cloud.topics.list().find((each) => each.name === name)?.arn;
      return found(cloud, "aws:sns/topic:Topic", arn, `topic ${name}`);
    },
  ),

  lookup("aws:s3/getBucket:getBucket", { bucket: text(required), region, tags }, (context, args) =>
    found(context.cloud, "aws:s3/bucket:Bucket", args.bucket, `bucket ${args.bucket}`),
  ),

  lookup(
    "aws:lambda/getFunction:getFunction",
    { functionName: text(required), qualifier: text(), region, tags },
    async ({ cloud }, { functionName }) => {
      const name = cloud.functions.find(functionName)?.name;
      const type = "aws:lambda/function:Function";
      return { ...(await found(cloud, type, name, `function ${functionName}`)), functionName };
    },
  ),

  lookup(
    "aws:dynamodb/getTable:getTable",
    { name: text(required), region, tags },
    (context, args) =>
      found(context.cloud, "aws:dynamodb/table:Table", args.name, `table ${args.name}`),
  ),

  lookup("aws:iam/getRole:getRole", { name: text(required), tags }, (context, { name }) =>
    found(context.cloud, "aws:iam/role:Role", name, `role ${name}`),
  ),

  lookup(
    "aws:iam/getPolicy:getPolicy",
    { arn: text(), name: text(), pathPrefix: text(), tags },
    (context, { arn, name = "" }) => {
      const policy = arn ?? policyNamed(context.cloud, name);
      return found(context.cloud, "aws:iam/policy:Policy", policy, `policy ${arn ?? name}`);
    },
  ),

  lookup(
    "aws:kms/getKey:getKey",
    { grantTokens: list(text()), keyId: text(required), region },
    async ({ cloud }, { keyId }) => {
      const target = cloud.keys.aliasTarget(keyId) ?? parseArn(keyId)?.resource.slice(4) ?? keyId;
      return { ...(await found(cloud, "aws:kms/key:Key", target, `key ${keyId}`)), enabled: true };
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

  lookup("aws:kms/getAlias:getAlias", { name: text(required), region }, ({ cloud }, { name }) => {
    if (!name.startsWith("alias/aws/")) {
      return found(cloud, "aws:kms/alias:Alias", name, `alias ${name}`);
    }
    const targetKeyArn = keyArn(name.replace("alias/", ""), cloud.region);
    const arn = keyArn(name, cloud.region);
    return { id: name, name, arn, targetKeyArn, targetKeyId: name };
  }),
];

async function found(
  cloud: Cloud,
  token: string,
  id: string | undefined,
  what: string,
): Promise<PropertyMap> {
  const outputs = id === undefined ? undefined : await typeOf({ type: token }).read?.(cloud, id);
  if (id === undefined || outputs === undefined) throw missing(what);
  return { tags: {}, ...outputs, id, region: cloud.region };
}

function missing(what: string): ProviderError {
  return new ProviderError(
    `there is no ${what} in the local cloud: make it in a program that runs on it, or look it up on AWS only`,
  );
}

/** The account's own policies come before AWS's. */
function policyNamed({ permissions: { roles } }: Cloud, name: string): string | undefined {
  const arns = [
    iamArn("policy", name),
    `arn:aws:iam::aws:policy/${name}`,
    `arn:aws:iam::aws:policy/service-role/${name}`,
  ];
  return arns.find((arn) => roles.findManagedPolicy(arn) !== undefined);
}
