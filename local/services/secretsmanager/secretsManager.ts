import * as v from "valibot";
import type { Authorize } from "../../protocol/access.ts";
import { notSupported } from "../../protocol/awsError.ts";
import type { Call, Reply } from "../../protocol/call.ts";
import { parseInput, requireAllowed } from "../../protocol/input.ts";
import { jsonProtocol } from "../../protocol/jsonProtocol.ts";
import { type Secret, type Secrets, type SecretVersion, stagesOf } from "./secrets.ts";

const getInput = v.object({
  SecretId: v.string(),
  VersionId: v.optional(v.string()),
  VersionStage: v.optional(v.string()),
});

const putInput = v.object({
  SecretId: v.string(),
  SecretString: v.optional(v.string()),
  SecretBinary: v.optional(v.string()),
  ClientRequestToken: v.optional(v.pipe(v.string(), v.minLength(32), v.maxLength(64))),
  VersionStages: v.optional(v.array(v.string()), ["AWSCURRENT"]),
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
        const { SecretId, SecretString, SecretBinary, ClientRequestToken, VersionStages } =
          parseInput(putInput, input);
        const secret = allowed(call, "PutSecretValue", SecretId);
        const value =
          SecretBinary === undefined ? { text: SecretString ?? "" } : { base64: SecretBinary };
        requireCurrent(VersionStages);
        const version = secrets.put(secret.arn, value, ClientRequestToken);
        return versionOf(secrets.get(secret.arn), version);
      },
      DescribeSecret: (input, call) => {
        const secret = allowed(call, "DescribeSecret", parseInput(getInput, input).SecretId);
        const { arn: ARN, name: Name, description: Description, versions } = secret;
        const stages = [...versions.keys()].map((id) => [id, stagesOf(secret, id)] as const);
        const VersionIdsToStages = Object.fromEntries(
          stages.filter(([, { length }]) => length > 0),
        );
        return { ARN, Name, Description, VersionIdsToStages };
      },
    },
  });
}

function requireCurrent(stages: readonly string[]): void {
  if (stages.length === 1 && stages[0] === "AWSCURRENT") return;
  throw notSupported(
    `the VersionStages ${JSON.stringify(stages)} of a secret's value (it has ["AWSCURRENT"])`,
  );
}

function versionOf(secret: Secret, { id, created }: SecretVersion) {
  const { arn, name } = secret;
  const VersionStages = stagesOf(secret, id);
  return { ARN: arn, Name: name, VersionId: id, VersionStages, CreatedDate: created / 1000 };
}

function secretValueOf({ value }: SecretVersion) {
  return "text" in value ? { SecretString: value.text } : { SecretBinary: value.base64 };
}
