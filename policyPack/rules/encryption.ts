import type { ResourceRule } from "../rule.ts";
import { key, queue, table, topic } from "../types.ts";

export const queuesAreEncrypted: ResourceRule = {
  name: "queues-are-encrypted",
  description: "Queues are encrypted with SSE-SQS or a KMS key.",
  scope: "resource",
  types: [queue],
  problems: ({ sqsManagedSseEnabled, kmsMasterKeyId }) =>
    sqsManagedSseEnabled === true || kmsMasterKeyId
      ? []
      : ["the queue is not encrypted; set sqsManagedSseEnabled or kmsMasterKeyId"],
};

/** DynamoDB always encrypts, but uses a key whose use CloudTrail records only with this setting. */
export const tablesAreEncrypted: ResourceRule = {
  name: "tables-are-encrypted",
  description: "Tables are encrypted with a KMS key.",
  scope: "resource",
  types: [table],
  problems: ({ serverSideEncryption }) =>
    isEnabled(serverSideEncryption)
      ? []
      : ["the table is not encrypted with a KMS key; set serverSideEncryption.enabled"],
};

export const keysRotate: ResourceRule = {
  name: "keys-rotate",
  description: "Keys are rotated each year.",
  scope: "resource",
  types: [key],
  problems: ({ enableKeyRotation }) =>
    enableKeyRotation === true ? [] : ["the key does not rotate; set enableKeyRotation"],
};

/** Disabled by default: a key costs money, and each publisher needs permissions for it. */
export const topicsAreEncrypted: ResourceRule = {
  name: "topics-are-encrypted",
  description: "Topics are encrypted with a KMS key.",
  level: "disabled",
  scope: "resource",
  types: [topic],
  problems: ({ kmsMasterKeyId }) =>
    kmsMasterKeyId ? [] : ['the topic is not encrypted; set encryption: "kms"'],
};

function isEnabled(setting: unknown): boolean {
  return typeof setting === "object" && setting !== null && "enabled" in setting
    ? setting.enabled === true
    : false;
}
