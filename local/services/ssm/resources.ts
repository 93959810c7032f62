import { oneOf, onlyLocally } from "../../provider/declaration/checks.ts";
import {
  flag,
  listed,
  region,
  replaces,
  required,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import type { NewParameter } from "./parameters.ts";

const inputs = {
  allowedPattern: text(),
  arn: text({ computed: true }),
  dataType: text({ computed: true, check: onlyLocally("text") }),
  description: text(),
  insecureValue: text({ conflicts: ["value"] }),
  keyId: listed(text({ computed: true }), "values are encrypted on AWS only"),
  name: text(replaces),
  overwrite: flag(),
  region,
  tags,
  tier: listed(text({ computed: true }), "a parameter of the local cloud may have up to 8 KB"),
  type: text({ ...required, check: oneOf("String", "StringList", "SecureString") }),
  value: text(),
};

const parameter = resourceType({
  type: "aws:ssm/parameter:Parameter",
  inputs,
  name: { input: "name", maximum: 2048 },
  computed: ["hasValueWo", "version"],
  changing: ["version"],
  transient: true,
  create: ({ parameters }, given) =>
    parameters.put(parameterOf(given), { overwrite: given.overwrite ?? false }).name,
  update: ({ parameters }, _name, given) => {
    parameters.put(parameterOf(given), { overwrite: true });
  },
  delete: ({ parameters }, name) => {
    parameters.delete(name);
  },
  outputs: ({ parameters }, name) => {
    const { arn, version } = parameters.get(name);
    return { arn, version, dataType: "text", hasValueWo: false };
  },
});

function parameterOf(given: Values<typeof inputs>): NewParameter {
  const { name = "", type, description, allowedPattern } = given;
  const value = given.value ?? given.insecureValue;
  if (value === undefined) {
    throw new ProviderError('value: a parameter needs "value" or "insecureValue"');
  }
  const known = type === "StringList" || type === "SecureString" ? type : "String";
  return { name, type: known, value, description, allowedPattern };
}

export const ssmTypes: readonly ResourceType[] = [parameter];
