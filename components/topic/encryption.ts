import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { accountRootArn, arnParts } from "../../aws/arn.ts";
import { snsPrincipal } from "../../aws/snsRegions.ts";
import {
  type PolicyDocument,
  policyDocument,
  policyText,
  type Statement,
} from "../policyDocument.ts";
import { type Publishers, publisherStatements } from "./publishers.ts";
import type { Transforms } from "./topicContext.ts";

/** No key, a new key, or an existing one. */
export type Encryption = "none" | "kms" | { key: aws.kms.Key };

/** The key that encrypts a topic's messages. */
export type TopicKey = {
  readonly key: aws.kms.Key;
  /** Whether the component creates it, with its policy. */
  readonly isNew: boolean;
};

/** The longest time in which the deletion of a key can be cancelled. */
const deletionWindowDays = 30;

/**
 * The topic refers to its key, and the key's policy to the topic: the key is created first, and its policy
 * is a resource of its own.
 */
export function createKey(
  name: string,
  args: {
    readonly encryption?: Encryption;
    readonly tags?: Record<string, pulumi.Input<string>>;
    readonly transform?: Transforms;
  },
  parent: pulumi.Resource,
): TopicKey | undefined {
  const { encryption = "none" } = args;
  if (encryption === "none") return undefined;
  if (encryption !== "kms") return { key: encryption.key, isNew: false };
  const key: aws.kms.KeyArgs = {
    description: `Messages of the topic ${name}, and of its queues`,
    enableKeyRotation: true,
    deletionWindowInDays: deletionWindowDays,
    tags: args.tags,
  };
  return { key: new aws.kms.Key(name, args.transform?.key?.(key) ?? key, { parent }), isNew: true };
}

export function createKeyPolicy(
  name: string,
  { key }: TopicKey,
  publishers: pulumi.Output<Publishers>,
  consumerAccounts: readonly string[],
  transform: Transforms | undefined,
  parent: pulumi.Resource,
): aws.kms.KeyPolicy {
  const policy = pulumi
    .all([key.arn, publishers])
    .apply(([arn, known]) => policyText("key", name, keyPolicy(arn, known, consumerAccounts)));
  const args = { keyId: key.id, policy };
  return new aws.kms.KeyPolicy(name, transform?.keyPolicy?.(args) ?? args, { parent });
}

/** The policy of a new key: the account, whose IAM policies then apply, and the key's other users. */
export function keyPolicy(
  keyArn: string,
  publishers: Publishers,
  consumerAccounts: readonly string[],
): PolicyDocument {
  const { partition, account } = arnParts(publishers.topicArn);
  return policyDocument(
    {
      Sid: "AccountManages",
      Effect: "Allow",
      Principal: { AWS: accountRootArn(account, partition) },
      Action: "kms:*",
      Resource: keyArn,
    },
    ...keyStatements(keyArn, publishers, consumerAccounts),
  );
}

/** KMS actions that a sender to an encrypted topic or queue needs. */
const senderActions = ["kms:GenerateDataKey*", "kms:Decrypt"];

/**
 * The statements that the policy of an existing key needs: for SNS, which delivers to encrypted queues,
 * for the publishers, and for the accounts of consumers.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
export function keyStatements(
  keyArn: string,
  publishers: Publishers,
  consumerAccounts: readonly string[],
): Statement[] {
  const { topicArn } = publishers;
  const { partition } = arnParts(topicArn);
  return [
    {
      Sid: "TopicDelivers",
      Effect: "Allow",
      Principal: { Service: deliverers(topicArn, consumerAccounts) },
      Action: senderActions,
      Resource: keyArn,
      Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
    },
    ...publisherStatements(publishers, { Action: senderActions, Resource: keyArn }).map(
      (statement) => onlyForTopic(topicArn, statement),
    ),
    ...[...new Set(consumerAccounts)].map((account) => ({
      Sid: `Account${account}Reads`,
      Effect: "Allow" as const,
      Principal: { AWS: accountRootArn(account, partition) },
      Action: ["kms:Decrypt", "kms:DescribeKey"],
      Resource: keyArn,
    })),
  ];
}

/** The principals as which SNS delivers to queues that use the key: they are in the topic's region. */
function deliverers(
  topicArn: string,
  consumerAccounts: readonly string[],
): string | readonly string[] {
  const { region, account: own } = arnParts(topicArn);
  const principals = [own, ...consumerAccounts].map((account) =>
    snsPrincipal({ region, account: own }, { region, account }),
  );
  const [first = "", ...others] = new Set(principals);
  return others.length === 0 ? first : [first, ...others];
}

/** Services that send no source to KMS: with a condition on the source, their events are lost. */
const servicesWithoutSource: readonly string[] = [
  "elasticache.amazonaws.com",
  "events.amazonaws.com",
];

/**
 * Restricts the use of the key to this topic, which SNS names in the encryption context.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function onlyForTopic(topicArn: string, statement: Statement): Statement {
  const topic = { "kms:EncryptionContext:aws:sns:topicArn": topicArn };
  const { Principal, Condition = {} } = statement;
  const hasNoSource =
    typeof Principal === "object" &&
    "Service" in Principal &&
    typeof Principal.Service === "string" &&
    servicesWithoutSource.includes(Principal.Service);
  return {
    ...statement,
    Condition: hasNoSource
      ? { StringEquals: topic }
      : { ...Condition, StringEquals: { ...Condition.StringEquals, ...topic } },
  };
}

/** Receiving messages that are encrypted with the key. */
export function decryptMessages(keyArn: string): Statement {
  return { Sid: "DecryptMessages", Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn };
}

/** Sending messages that are encrypted with the key. */
export function encryptMessages(keyArn: string): Statement {
  return { Sid: "EncryptMessages", Effect: "Allow", Action: senderActions, Resource: keyArn };
}
