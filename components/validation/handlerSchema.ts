import type * as aws from "@pulumi/aws";
import { type BundleArgs, bundleLoaders } from "../functions/bundleArgs.ts";
import type {
  AliasArgs,
  FileSystemArgs,
  HandlerArgs,
  HandlerFunctionArgs,
  ImageArgs,
  PreviousVersionArgs,
  PythonRuntime,
  VpcArgs,
} from "../handlerArgs.ts";
import {
  anything,
  boolean,
  type FieldSchemas,
  functionValue,
  input,
  integer,
  listOf,
  oneOf,
  recordOf,
  reject,
  strictObject,
  text,
} from "./schema.ts";

const inResourcePolicies = reject("belongs in a resource's policy, not in the role's; remove it");

const permission = strictObject(
  {
    Sid: anything,
    Effect: input(oneOf(["Allow", "Deny"])),
    Principal: inResourcePolicies,
    NotPrincipal: inResourcePolicies,
    Action: anything,
    NotAction: anything,
    Resource: anything,
    NotResource: anything,
    Condition: anything,
  } satisfies FieldSchemas<aws.iam.PolicyStatement>,
  ["Effect"],
);

const bundleArgs = strictObject({
  external: listOf(text),
  packages: listOf(text),
  files: listOf(text),
  loaders: recordOf(oneOf([...bundleLoaders])),
} satisfies FieldSchemas<BundleArgs>);

const vpcArgs = strictObject(
  {
    subnetIds: listOf(input(text)),
    securityGroupIds: listOf(input(text)),
  } satisfies FieldSchemas<VpcArgs>,
  ["subnetIds", "securityGroupIds"],
);

const pythonRuntimes: readonly PythonRuntime[] = [
  "python3.10",
  "python3.11",
  "python3.12",
  "python3.13",
  "python3.14",
];

const fileSystemArgs = strictObject(
  { accessPointArn: input(text), mountPath: text } satisfies FieldSchemas<FileSystemArgs>,
  ["accessPointArn", "mountPath"],
);

const aliasArgs = strictObject({
  provisionedConcurrency: input(integer),
  previous: strictObject(
    { version: input(text), percent: integer } satisfies FieldSchemas<PreviousVersionArgs>,
    ["version", "percent"],
  ),
} satisfies FieldSchemas<AliasArgs>);

const imageArgs = strictObject(
  { uri: input(text), command: listOf(input(text)) } satisfies FieldSchemas<ImageArgs>,
  ["uri"],
);

const fields = {
  entry: text,
  image: imageArgs,
  runtime: oneOf(pythonRuntimes),
  snapStart: boolean,
  bundle: bundleArgs,
  architecture: oneOf(["arm64", "x86_64"]),
  layers: listOf(input(text)),
  vpc: vpcArgs,
  fileSystem: fileSystemArgs,
  ephemeralStorageMb: input(integer),
  alias: aliasArgs,
  memoryMb: input(integer),
  timeoutSeconds: input(integer),
  environment: recordOf(input(text)),
  permissions: listOf(permission),
  reservedConcurrency: input(integer),
  logRetentionDays: input(integer),
} satisfies FieldSchemas<Omit<HandlerArgs, "publishes">>;

/** A consumer's handler. */
export const handlerSchema = strictObject({
  ...fields,
  publishes: boolean,
} satisfies FieldSchemas<HandlerArgs>);

export const handlerFunctionSchema = strictObject(
  {
    handler: strictObject(fields),
    description: text,
    statements: listOf(anything),
    region: input(text),
    tracing: boolean,
    tags: recordOf(input(text)),
    transform: strictObject({
      role: functionValue,
      logGroup: functionValue,
      function: functionValue,
    } satisfies FieldSchemas<NonNullable<HandlerFunctionArgs["transform"]>>),
  } satisfies FieldSchemas<HandlerFunctionArgs>,
  ["handler", "description"],
);
