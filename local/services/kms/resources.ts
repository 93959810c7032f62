import { beginsWith, oneOf, onlyLocally, range } from "../../provider/declaration/checks.ts";
import {
  flag,
  json,
  listed,
  number,
  region,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import { freeId } from "../../provider/freeId.ts";
import { keyArn } from "./interface.ts";

const nothingEncrypted = "nothing is encrypted locally; only the key's policy counts";

const key = resourceType({
  type: "aws:kms/key:Key",
  inputs: {
    bypassPolicyLockoutSafetyCheck: flag({ default: false }),
    customerMasterKeySpec: listed(text({ replaces: true, computed: true }), nothingEncrypted),
    deletionWindowInDays: listed(number({ check: range(7, 30) }), "local keys are deleted at once"),
    description: text({ computed: true }),
    enableKeyRotation: listed(flag({ default: false }), nothingEncrypted),
    isEnabled: flag({ default: true, check: onlyLocally(true) }),
    keyUsage: text({
      default: "ENCRYPT_DECRYPT",
      replaces: true,
      check: oneOf("ENCRYPT_DECRYPT", "SIGN_VERIFY", "GENERATE_VERIFY_MAC"),
    }),
    multiRegion: listed(flag({ replaces: true, computed: true }), "the local cloud has one region"),
    policy: json({ computed: true }),
    region,
    rotationPeriodInDays: listed(number({ computed: true }), nothingEncrypted),
    tags,
  },
  computed: ["arn", "keyId"],
  transient: true,
  create: ({ keys, region: own }, { policy }, making) => {
    const id = making.id(() =>
      freeId(making.name, (each) => keys.policy(keyArn(each, own)) !== undefined),
    );
    keys.create(id, policy);
    return id;
  },
  update: ({ keys }, id, { policy }) => keys.setPolicy(id, policy),
  delete: ({ keys }, id) => keys.delete(id),
  read: ({ keys, region: own }, id) => {
    const arn = keyArn(id, own);
    const policy = keys.policy(arn);
    return policy === undefined ? undefined : { arn, keyId: id, policy };
  },
});

const keyPolicy = resourceType({
  type: "aws:kms/keyPolicy:KeyPolicy",
  inputs: {
    bypassPolicyLockoutSafetyCheck: flag({ default: false }),
    keyId: text(requiredReplaces),
    policy: json(required),
    region,
  },
  transient: true,
  create: ({ keys }, { keyId, policy }) => {
    keys.setPolicy(keyId, policy);
    return keyId;
  },
  update: ({ keys }, keyId, { policy }) => keys.setPolicy(keyId, policy),
  delete: ({ keys, region: own }, keyId) => {
    if (keys.policy(keyArn(keyId, own)) !== undefined) keys.setPolicy(keyId, undefined);
  },
  read: ({ keys, region: own }, keyId) => {
    const policy = keys.policy(keyArn(keyId, own));
    return policy === undefined ? undefined : { keyId, policy };
  },
});

const alias = resourceType({
  type: "aws:kms/alias:Alias",
  inputs: {
    name: text({ replaces: true, check: beginsWith("alias/", "alias/ and a name") }),
    namePrefix: text(replaces),
    region,
    targetKeyId: text(required),
  },
  name: {
    input: "name",
    maximum: 256,
    prefixInput: "namePrefix",
    transform: (name) => `alias/${name}`,
  },
  computed: ["arn", "targetKeyArn"],
  transient: true,
  create: ({ keys }, { name = "", targetKeyId }) => {
    keys.setAlias(name, targetKeyId);
    return name;
  },
  update: ({ keys }, name, { targetKeyId }) => keys.setAlias(name, targetKeyId),
  delete: ({ keys }, name) => keys.removeAlias(name),
  read: ({ keys, region: own }, name) => {
    const target = keys.aliasTarget(name);
    if (target === undefined) return undefined;
    const targetKeyArn = keyArn(target, own);
    return { name, arn: keyArn(name, own), targetKeyId: target, targetKeyArn };
  },
});

export const kms: readonly ResourceType[] = [key, keyPolicy, alias];
