import type { ResourceRule } from "../rule.ts";
import { key, queue, table, topic } from "../types.ts";

export const queuesAreEncrypted: ResourceRule = {
  name: "queues-are-encrypted",
  description: "Queues are encrypted by SQS's keys or by a key of KMS.",
  scope: "resource",
  types: [queue],
  problems: ({ sqsManagedSseEnabled, kmsMasterKeyId }) =>
    sqsManagedSseEnabled === true || kmsMasterKeyId
      ? []
      : ["the queue is not encrypted; set sqsManagedSseEnabled, or kmsMasterKeyId"],
};

/** DynamoDB always encrypts; by a key whose use shows in CloudTrail only where this is asked for. */
export const tablesAreEncrypted: ResourceRule = {
  name: "tables-are-encrypted",
  description: "Tables are encrypted by a key of KMS.",
  scope: "resource",
  types: [table],
  problems: ({ serverSideEncryption }) =>
    isEnabled(serverSideEncryption)
      ? []
      : ["the table has no encryption by KMS; set serverSideEncryption.enabled"],
};

export const keysRotate: ResourceRule = {
  name: "keys-rotate",
  description: "Keys get new key material each year.",
  scope: "resource",
  types: [key],
  problems: ({ enableKeyRotation }) =>
    enableKeyRotation === true ? [] : ["the key does not rotate; set enableKeyRotation"],
};

/** A key costs money and each publisher needs rights on it: a stack has to want that. */
export const topicsAreEncrypted: ResourceRule = {
  name: "topics-are-encrypted",
  description: "Topics are encrypted by a key of KMS.",
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
