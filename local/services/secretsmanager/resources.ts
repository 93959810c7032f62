import { randomUUID } from "node:crypto";
import { onlyLocally } from "../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  json,
  list,
  listed,
  number,
  region,
  replaces,
  requiredReplaces,
  tags,
  text,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";

const secret = resourceType({
  type: "aws:secretsmanager/secret:Secret",
  inputs: {
    description: text(),
    forceOverwriteReplicaSecret: listed(flag({ default: false }), "the local cloud has one region"),
    kmsKeyId: listed(text(), "secrets are encrypted on AWS only"),
    name: text({ replaces: true, conflicts: ["namePrefix"] }),
    namePrefix: text(replaces),
    policy: listed(json({ computed: true }), "policies of secrets count on AWS only"),
    recoveryWindowInDays: listed(number({ default: 30 }), "local secrets are deleted at once"),
    region,
    replicas: listed(anything({ computed: true }), "the local cloud has one region"),
    tags,
  },
  name: { input: "name", maximum: 512, prefixInput: "namePrefix" },
  computed: ["arn"],
  transient: true,
  create: ({ secrets }, { name = "", description = "" }) => secrets.create(name, description).arn,
  update: ({ secrets }, arn, { description = "" }) => secrets.describe(arn, description),
  delete: ({ secrets }, arn) => secrets.delete(arn),
  read: ({ secrets }, arn) => {
    const found = secrets.find(arn);
    return found && { arn, name: found.name, description: found.description };
  },
});

const secretVersion = resourceType({
  type: "aws:secretsmanager/secretVersion:SecretVersion",
  inputs: {
    region,
    secretBinary: text({ replaces: true, conflicts: ["secretString"] }),
    secretId: text(requiredReplaces),
    secretString: text(replaces),
    versionStages: list(text({ check: onlyLocally("AWSCURRENT") }), { computed: true }),
  },
  computed: ["arn", "hasSecretStringWo", "secretArn", "versionId"],
  transient: true,
  create: ({ secrets }, { secretId, secretString = "", secretBinary }, making) => {
    const id = making.id(() => `${secretId}|${randomUUID()}`);
    const value = secretBinary === undefined ? { text: secretString } : { base64: secretBinary };
    secrets.put(secretId, value, versionIdIn(id));
    return id;
  },
  update: () => {},
  delete: ({ secrets }, id, { secretId }) => secrets.removeVersion(secretId, versionIdIn(id)),
  outputs: ({ secrets }, id, { secretId }) => {
    const { arn } = secrets.get(secretId);
    return { arn, secretArn: arn, versionId: versionIdIn(id), hasSecretStringWo: false };
  },
});

/** The id is `<secret>|<version>`. */
function versionIdIn(id: string): string {
  return id.slice(id.lastIndexOf("|") + 1);
}

export const secretsManagerTypes: readonly ResourceType[] = [secret, secretVersion];
