import * as v from "valibot";
import type { Authorize } from "../../protocol/access.ts";
import type { Call, Reply } from "../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../protocol/input.ts";
import { jsonProtocol } from "../../protocol/jsonProtocol.ts";
import type { Secret, Secrets, SecretVersion } from "./secrets.ts";

const getInput = v.object({
  SecretId: v.string(),
  VersionId: v.optional(v.string()),
  VersionStage: v.optional(v.string()),
});

const putInput = v.object({
  SecretId: v.string(),
  SecretString: v.optional(v.string()),
  SecretBinary: v.optional(v.string()),
});

/** https://docs.aws.amazon.com/secretsmanager/latest/apireference/API_Operations.html */
export function secretsManager({
  secrets,
  authorize,
}: {
  readonly secrets: Secrets;
  readonly authorize: Authorize;
}): (call: Call) => Promise<Reply> {
  const allowed = (call: Call, operation: string, named: string): Secret => {
    const secret = secrets.get(named);
    requireAllowed(authorize, call, `secretsmanager:${operation}`, secret.arn);
    return secret;
  };
  return jsonProtocol({
    targetPrefix: "secretsmanager",
    errorNamespace: "com.amazonaws.secretsmanager",
    operations: {
      GetSecretValue: (input, call) => {
        const { SecretId, VersionId: id, VersionStage: stage } = parseInput(getInput, input);
        const secret = allowed(call, "GetSecretValue", SecretId);
        const version = secrets.version(secret.arn, { id, stage });
        return { ...versionOf(secret, version), ...secretValueOf(version) };
      },
      PutSecretValue: (input, call) => {
        const { SecretId, SecretString, SecretBinary } = parseInput(putInput, input);
        const secret = allowed(call, "PutSecretValue", SecretId);
        const value =
          SecretBinary === undefined ? { text: SecretString ?? "" } : { base64: SecretBinary };
        return versionOf(secret, secrets.put(secret.arn, value));
      },
      DescribeSecret: (input, call) => {
        const secret = allowed(call, "DescribeSecret", parseInput(getInput, input).SecretId);
        const { arn: ARN, name: Name, description: Description, versions } = secret;
        const ids = [...versions.keys()];
        const VersionIdsToStages = Object.fromEntries(
          ids.slice(-2).map((id) => [id, [id === ids.at(-1) ? "AWSCURRENT" : "AWSPREVIOUS"]]),
        );
        return { ARN, Name, Description, VersionIdsToStages };
      },
    },
  });
}

function versionOf({ arn, name }: Secret, { id, created }: SecretVersion) {
  const VersionStages = ["AWSCURRENT"];
  return { ARN: arn, Name: name, VersionId: id, VersionStages, CreatedDate: created / 1000 };
}

function secretValueOf({ value }: SecretVersion) {
  return "text" in value ? { SecretString: value.text } : { SecretBinary: value.base64 };
}
