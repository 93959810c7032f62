import { parseArn } from "../../../../aws/arn.ts";
import { functionLimits } from "../../../../aws/limits.ts";
import { account } from "../../../arn.ts";
import type { Cloud } from "../../../cloud.ts";
import { oneOf, onlyLocally, range } from "../../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  list,
  listed,
  map,
  number,
  object,
  partlyListed,
  region,
  replaces,
  required,
  tags,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { type Making, resourceType } from "../../../provider/declaration/resourceType.ts";
import {
  isList,
  type PropertyMap,
  type PropertyValue,
} from "../../../pulumi/values/propertyValue.ts";
import type { FunctionDefinition } from "../definition.ts";
import { requireTrust } from "../executionRole.ts";
import { invokeArn } from "../functionArn.ts";
import { lambdaTime } from "../lambdaTime.ts";
import { codeInputs, filesOf } from "./codeInputs.ts";

const inputs = {
  architectures: listed(list(text(), { computed: true }), "functions run on this machine"),
  ...codeInputs,
  deadLetterConfig: object({ targetArn: text(required) }),
  description: text(),
  environment: object({ variables: map(text()) }),
  ephemeralStorage: listed(
    anything({ computed: true }),
    "functions write into this machine's disk",
  ),
  fileSystemConfig: listed(
    anything(),
    "functions find nothing at the mount path: the local cloud has no file systems",
  ),
  handler: text(),
  imageConfig: listed(anything(), "the local cloud does not run container images"),
  imageUri: text(),
  kmsKeyArn: listed(text(), "variables are encrypted on AWS only"),
  loggingConfig: listed(
    anything({ computed: true }),
    "logs are printed as the function writes them",
  ),
  layers: partlyListed(
    list(text()),
    (arns) => isList(arns) && arns.some(isOfOtherAccount),
    "what a function imports from layers of other accounts is missing here",
  ),
  memorySize: number({ default: 128, check: range(128, 32_768) }),
  name: text(replaces),
  packageType: partlyListed(
    text({ default: "Zip", replaces: true, check: oneOf("Zip", "Image") }),
    (value) => value === "Image",
    "container images are not run here: messages for the function wait",
  ),
  publish: flag({ default: false }),
  region,
  reservedConcurrentExecutions: number({ default: -1 }),
  role: text(required),
  runtime: text(),
  skipDestroy: flag({ default: false, check: onlyLocally(false) }),
  snapStart: listed(anything(), "local functions start when they are needed"),
  sourceCodeHash: text({ computed: true }),
  tags,
  timeout: number({
    default: functionLimits.timeoutSeconds.default,
    check: range(functionLimits.timeoutSeconds.min, functionLimits.timeoutSeconds.max),
  }),
  vpcConfig: listed(anything(), "local functions use this machine's network"),
  tracingConfig: listed(anything({ computed: true }), "X-Ray traces invocations on AWS only"),
};

export const lambdaFunctionType = resourceType({
  type: "aws:lambda/function:Function",
  inputs,
  name: { input: "name", maximum: 64 },
  computed: [
    "arn",
    "codeSha256",
    "invokeArn",
    "lastModified",
    "qualifiedArn",
    "qualifiedInvokeArn",
    "sourceCodeSize",
    "version",
  ],
  changing: [
    "codeSha256",
    "lastModified",
    "qualifiedArn",
    "qualifiedInvokeArn",
    "sourceCodeSize",
    "version",
  ],
  transient: true,
  reject: (given) => {
    const isImage = given.packageType === "Image";
    const needed = isImage ? (["imageUri"] as const) : (["handler", "runtime"] as const);
    const property = needed.find((field) => given[field] === undefined);
    if (property === undefined) return undefined;
    return { property, reason: `${property} is required with packageType "${given.packageType}"` };
  },
  create: async (cloud, given, making) => {
    requireTrust(cloud.permissions, given.role);
    cloud.functions.create(await definitionOf(cloud, given, making));
    if (given.publish) cloud.functions.publish(given.name ?? "");
    return given.name ?? "";
  },
  update: async (cloud, _id, given, making) => {
    requireTrust(cloud.permissions, given.role);
    cloud.functions.update(await definitionOf(cloud, given, making));
    if (given.publish) cloud.functions.publish(given.name ?? "");
  },
  delete: ({ functions }, name) => {
    if (functions.find(name)) functions.delete(name);
  },
  read: (cloud, name) => (cloud.functions.find(name) ? describe(cloud, name) : undefined),
});

async function definitionOf(
  cloud: Cloud,
  given: Values<typeof inputs>,
  making: Making,
): Promise<FunctionDefinition> {
  const { reservedConcurrentExecutions: reserved } = given;
  return {
    name: given.name ?? "",
    ...(given.packageType === "Image"
      ? { imageUri: given.imageUri, runtime: "", handler: "", files: {} }
      : {
          runtime: given.runtime ?? "",
          handler: given.handler ?? "",
          files: await filesOf(cloud, given, making),
        }),
    description: given.description,
    layers: (given.layers ?? []).map((arn) =>
      isOfOtherAccount(arn) ? { arn } : cloud.layers.get(arn),
    ),
    programDirectory: making.directory,
    roleArn: given.role,
    memoryMb: given.memorySize,
    timeoutSeconds: given.timeout,
    ...(reserved >= 0 && { reservedConcurrency: reserved }),
    ...(given.environment?.variables && { environment: given.environment.variables }),
    ...(given.deadLetterConfig && { deadLetterTargetArn: given.deadLetterConfig.targetArn }),
  };
}

function isOfOtherAccount(layer: PropertyValue): boolean {
  const parts = typeof layer === "string" ? parseArn(layer) : undefined;
  return parts !== undefined && parts.account !== account;
}

function describe({ functions, region: own }: Cloud, name: string): PropertyMap {
  const { arn, version, code, lastModified, reservedConcurrency, layers, imageUri } =
    functions.get(name);
  const newest = functions.newestVersion(name) ?? "$LATEST";
  const qualifiedArn = `${arn}:${newest}`;
  return {
    arn,
    name,
    invokeArn: invokeArn(own, arn),
    qualifiedArn,
    qualifiedInvokeArn: invokeArn(own, qualifiedArn),
    version: newest,
    codeSha256: code.sha256,
    sourceCodeSize: code.size,
    lastModified: lambdaTime(lastModified),
    memorySize: version.memoryMb,
    timeout: version.timeoutSeconds,
    role: version.roleArn,
    ...(imageUri === undefined
      ? { runtime: version.runtime, handler: version.handler }
      : { imageUri, packageType: "Image" }),
    reservedConcurrentExecutions: reservedConcurrency ?? -1,
    ...(layers.length > 0 && { layers }),
    ...(Object.keys(version.environment).length > 0 && {
      environment: { variables: version.environment },
    }),
  };
}
