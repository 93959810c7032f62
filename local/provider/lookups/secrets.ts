import type { Cloud } from "../../cloud.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import { stagesOf } from "../../services/secretsmanager/secrets.ts";
import { isoSeconds } from "../../time/isoSeconds.ts";
import { flag, map, region, required, text } from "../declaration/field.ts";
import { found, missing } from "./found.ts";
import { lookup } from "./lookup.ts";

const type = "aws:secretsmanager/secret:Secret";

/** Secrets Manager, and whole paths of Parameter Store. */
export const secretLookups = [
  lookup(
    "aws:secretsmanager/getSecret:getSecret",
    { arn: text(), name: text(), region, tags: map(text()) },
    async (context, { arn, name }) => {
      if ((arn === undefined) === (name === undefined)) {
        throw new ProviderError("one of `arn,name` must be specified");
      }
      const named = arn ?? name ?? "";
      const secret = context.cloud.secrets.find(named);
      const dates = [...(secret?.versions.values() ?? [])].map(({ created }) => created);
      return {
        ...(await found(context, type, secret?.arn, `secret ${named}`)),
        ...{ kmsKeyId: "", policy: "", type: "" },
        createdDate: dateOf(dates[0]),
        lastChangedDate: dateOf(dates.at(-1)),
      };
    },
  ),

  lookup(
    "aws:secretsmanager/getSecretVersion:getSecretVersion",
    { region, secretId: text(required), versionId: text(), versionStage: text() },
    ({ cloud }, given) => versionOf(cloud, given),
  ),

  lookup(
    "aws:ssm/getParametersByPath:getParametersByPath",
    { path: text(required), recursive: flag(), region, withDecryption: flag() },
    ({ cloud }, { path, recursive = false }) => {
      const start = path.endsWith("/") ? path : `${path}/`;
      const below = cloud.parameters
        .list()
        .filter(({ name }) => name.startsWith(start))
        .filter(({ name }) => recursive || !name.slice(start.length).includes("/"));
      return {
        id: path,
        arns: below.map(({ arn }) => arn),
        names: below.map(({ name }) => name),
        types: below.map((each) => each.type),
        values: below.map(({ value }) => value),
        region: cloud.region,
      };
    },
  ),
];

type Wanted = {
  readonly secretId: string;
  readonly versionId: string | undefined;
  readonly versionStage: string | undefined;
};

function versionOf({ secrets, region: own }: Cloud, { secretId, versionId, versionStage }: Wanted) {
  const secret = secrets.find(secretId);
  if (secret === undefined) throw missing(`secret ${secretId}`);
  const { id, value, created } = secrets.version(secretId, { id: versionId, stage: versionStage });
  return {
    id: `${secretId}|${versionId ?? versionStage ?? "AWSCURRENT"}`,
    ...{ arn: secret.arn, secretArn: secret.arn, versionId: id, region: own },
    versionStage: versionStage ?? "AWSCURRENT",
    versionStages: [...stagesOf(secret, id)],
    createdDate: dateOf(created),
    secretString: "text" in value ? value.text : "",
    secretBinary: "base64" in value ? value.base64 : "",
  };
}

function dateOf(time: number | undefined): string {
  return time === undefined ? "" : isoSeconds(time);
}
