import type { Field, Fields } from "../declaration/field.ts";
import type { ResourceType } from "../declaration/resourceType.ts";
import { allLookups } from "../lookups/index.ts";
import type { Lookup } from "../lookups/lookup.ts";
import { allResourceTypes, resourceTypes } from "../resourceTypes.ts";
import { lookupResults } from "./lookupResults.ts";
import { aNumber, anything, someTexts, type TypeSpec, texts } from "./typeSpec.ts";

/** Newer than any version that a program's SDK asks for, so that the engine does not warn. */
export const version = "999.0.0";

type ObjectSpec = {
  readonly type: "object";
  readonly properties: Readonly<Record<string, TypeSpec>>;
  readonly required: readonly string[];
};

/** Outputs of @pulumi/aws that are not texts. */
const outputTypes: Readonly<Record<string, Readonly<Record<string, TypeSpec>>>> = {
  "aws:acm/certificate:Certificate": {
    domainValidationOptions: { type: "array", items: anything },
  },
  "aws:apigateway/account:Account": {
    features: { type: "array", items: { type: "string" } },
    throttleSettings: { type: "array", items: anything },
  },
  "aws:ec2/natGateway:NatGateway": {
    regionalNatGatewayAddresses: { type: "array", items: anything },
  },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    cidrBlocks: someTexts,
    dnsEntries: { type: "array", items: anything },
    networkInterfaceIds: someTexts,
    requesterManaged: { type: "boolean" },
  },
  "aws:iam/policy:Policy": { attachmentCount: { type: "number" } },
  "aws:lambda/function:Function": { sourceCodeSize: { type: "number" } },
  "aws:lambda/layerVersion:LayerVersion": { sourceCodeSize: { type: "number" } },
  "aws:rds/cluster:Cluster": { port: aNumber },
  "aws:rds/instance:Instance": { port: aNumber },
  "aws:route53/zone:Zone": { nameServers: someTexts },
  "aws:secretsmanager/secretVersion:SecretVersion": { hasSecretStringWo: { type: "boolean" } },
  "aws:sns/topicSubscription:TopicSubscription": {
    confirmationWasAuthenticated: { type: "boolean" },
    pendingConfirmation: { type: "boolean" },
  },
  "aws:ssm/parameter:Parameter": {
    hasValueWo: { type: "boolean" },
    version: { type: "number" },
  },
};

let text: string | undefined;

/**
 * The package's schema as JSON text: the types, inputs and outputs that the local cloud supports. Programs
 * in YAML are checked against it before they run.
 */
export function packageSchema(): string {
  text ??= JSON.stringify(schemaOf(allResourceTypes));
  return text;
}

function schemaOf(all: readonly ResourceType[]) {
  const types: Record<string, ObjectSpec> = {};
  const resources = all.flatMap((type) =>
    type.tokens.map((token) => [token, resourceOf(type, token, types)] as const),
  );
  return {
    name: "aws",
    version,
    resources: Object.fromEntries(resources),
    types,
    functions: Object.fromEntries(
      allLookups.map((lookup) => [lookup.token, functionOf(lookup, types)]),
    ),
    provider: { inputProperties: { region: { type: "string" }, defaultTags: anything } },
  };
}

function resourceOf(type: ResourceType, token: string, types: Record<string, ObjectSpec>) {
  const inputs = propertiesOf(type.inputs, token, types);
  const tagsAll = type.inputs.tags === undefined ? {} : { tagsAll: texts };
  const computed = type.computed.map((name): [string, TypeSpec] => [
    name,
    outputTypes[token]?.[name] ?? { type: "string" },
  ]);
  return {
    inputProperties: inputs,
    requiredInputs: requiredOf(type.inputs),
    properties: { ...inputs, ...tagsAll, ...Object.fromEntries(computed) },
  };
}

function functionOf({ token, args }: Lookup, types: Record<string, ObjectSpec>) {
  const ofResource = resultsOfResource(token, types);
  const results = lookupResults[token];
  if (results === undefined && ofResource === undefined) {
    throw new Error(`the results of the lookup ${token} are not declared`);
  }
  const properties = { ...ofResource, ...results };
  return {
    inputs: {
      type: "object",
      properties: propertiesOf(args, token, types),
      required: requiredOf(args),
    },
    outputs: { type: "object", properties: { id: { type: "string" }, ...properties } },
  };
}

/** `aws:sqs/getQueue:getQueue` answers with the outputs of `aws:sqs/queue:Queue`. */
function resultsOfResource(token: string, types: Record<string, ObjectSpec>) {
  const [, module = "", name = ""] = /^aws:(.*)\/get.*:get(.*)$/.exec(token) ?? [];
  const ofResource = `aws:${module}/${name.charAt(0).toLowerCase()}${name.slice(1)}:${name}`;
  const type = resourceTypes.get(ofResource);
  return type && resourceOf(type, ofResource, types).properties;
}

function propertiesOf(
  fields: Fields,
  path: string,
  types: Record<string, ObjectSpec>,
): Record<string, TypeSpec> {
  return Object.fromEntries(
    Object.entries(fields).map(([name, field]) => [name, specOf(field, `${path}.${name}`, types)]),
  );
}

function requiredOf(fields: Fields): string[] {
  return Object.keys(fields).filter((name) => fields[name]?.required === true);
}

function specOf({ form }: Field, path: string, types: Record<string, ObjectSpec>): TypeSpec {
  switch (form.kind) {
    case "text":
      return { type: "string" };
    case "number":
      return { type: "number" };
    case "flag":
      return { type: "boolean" };
    case "list":
      return { type: "array", items: specOf(form.element, path, types) };
    case "map":
      return { type: "object", additionalProperties: specOf(form.element, path, types) };
    case "object":
      return objectOf(form.fields, path, types);
    case "asset":
      return { $ref: path.endsWith(".code") ? "pulumi.json#/Archive" : "pulumi.json#/Asset" };
    default:
      return anything;
  }
}

/** Objects are types with names of their own: `aws:lambda/FunctionEnvironment:FunctionEnvironment`. */
function objectOf(fields: Fields, path: string, types: Record<string, ObjectSpec>): TypeSpec {
  const [module = "", ...names] = path.split("/");
  const words = names
    .join("")
    .replace(/^[^:]*:/, "")
    .split(".");
  const name = words.map((word) => `${word.charAt(0).toUpperCase()}${word.slice(1)}`).join("");
  const token = `${module}/${name}:${name}`;
  types[token] = {
    type: "object",
    properties: propertiesOf(fields, path, types),
    required: requiredOf(fields),
  };
  return { $ref: `#/types/${token}` };
}
