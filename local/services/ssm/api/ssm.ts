import { createHash } from "node:crypto";
import * as v from "valibot";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../../protocol/input.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { pageOf } from "../../../protocol/page.ts";
import type { Parameter, Parameters } from "../parameters.ts";

type Options = { readonly parameters: Parameters; readonly authorize: Authorize };

const oneInput = v.object({ Name: v.string(), WithDecryption: v.optional(v.boolean()) });
const someInput = v.object({
  Names: v.pipe(v.array(v.string()), v.minLength(1), v.maxLength(10)),
  WithDecryption: v.optional(v.boolean()),
});
const pathInput = v.object({
  Path: v.string(),
  Recursive: v.optional(v.boolean(), false),
  WithDecryption: v.optional(v.boolean()),
  MaxResults: v.optional(v.pipe(v.number(), v.minValue(1), v.maxValue(10)), 10),
  NextToken: v.optional(v.string()),
});
const putInput = v.object({
  Name: v.string(),
  Value: v.string(),
  Type: v.optional(v.picklist(["String", "StringList", "SecureString"])),
  Description: v.optional(v.string()),
  AllowedPattern: v.optional(v.string()),
  Overwrite: v.optional(v.boolean(), false),
});

/** https://docs.aws.amazon.com/systems-manager/latest/APIReference/API_Operations.html */
export function ssm({ parameters, authorize }: Options): (call: Call) => Promise<Reply> {
  const allowed = (call: Call, operation: string, resource: string) =>
    requireAllowed(authorize, call, `ssm:${operation}`, resource);
  const arnOf = (named: string) => parameters.find(named)?.arn ?? parameters.arnOf(named);

  return jsonProtocol({
    targetPrefix: "AmazonSSM",
    errorNamespace: "com.amazonaws.ssm",
    operations: {
      GetParameter(input, call) {
        const { Name, WithDecryption } = parseInput(oneInput, input);
        allowed(call, "GetParameter", arnOf(Name));
        return { Parameter: described(parameters.get(Name), WithDecryption) };
      },
      GetParameters(input, call) {
        const { Names, WithDecryption } = parseInput(someInput, input);
        for (const name of Names) allowed(call, "GetParameters", arnOf(name));
        const found = Names.flatMap((name) => parameters.find(name) ?? []);
        return {
          Parameters: found.map((each) => described(each, WithDecryption)),
          InvalidParameters: Names.filter((name) => parameters.find(name) === undefined),
        };
      },
      GetParametersByPath(input, call) {
        const { Path, Recursive, WithDecryption, MaxResults, NextToken } = parseInput(
          pathInput,
          input,
        );
        allowed(call, "GetParametersByPath", parameters.arnOf(Path));
        const all = below(parameters, Path, Recursive);
        const page = pageOf(all, NextToken, MaxResults, invalidToken);
        return {
          Parameters: page.items.map((each) => described(each, WithDecryption)),
          NextToken: page.NextToken,
        };
      },
      PutParameter(input, call) {
        const {
          Name: name,
          Value: value,
          Overwrite: overwrite,
          ...given
        } = parseInput(putInput, input);
        allowed(call, "PutParameter", parameters.arnOf(name));
        const { Description: description, AllowedPattern: allowedPattern } = given;
        const type = given.Type ?? parameters.find(name)?.type;
        if (type === undefined) {
          throw new AwsError("ValidationException", "A parameter type is required.");
        }
        const parameter = { name, value, type, description, allowedPattern };
        return { Version: parameters.put(parameter, { overwrite }).version, Tier: "Standard" };
      },
      DeleteParameter(input, call) {
        const { Name } = parseInput(oneInput, input);
        allowed(call, "DeleteParameter", arnOf(Name));
        parameters.get(Name);
        parameters.delete(Name);
        return {};
      },
    },
  });
}

function invalidToken(): AwsError {
  return new AwsError("InvalidNextToken", "The specified token is not valid.");
}

/** The parameters directly below a path, or all below it. */
function below(parameters: Parameters, path: string, recursive: boolean): Parameter[] {
  const prefix = path.endsWith("/") ? path : `${path}/`;
  return parameters
    .list()
    .filter(({ name }) => name.startsWith(prefix))
    .filter(({ name }) => recursive || !name.slice(prefix.length).includes("/"));
}

function described({ name, arn, type, value, version, modified }: Parameter, decrypt = false) {
  const isHidden = type === "SecureString" && !decrypt;
  return {
    ARN: arn,
    DataType: "text",
    LastModifiedDate: modified / 1000,
    Name: name,
    Type: type,
    // A caller that forgets to decrypt gets a text that is of no use, as from AWS.
    Value: isHidden ? createHash("sha256").update(value).digest("base64") : value,
    Version: version,
  };
}
