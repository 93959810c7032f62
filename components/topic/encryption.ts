import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { FanoutTopicArgs } from "../fanoutTopicArgs.ts";
import { policyText } from "../policies/document.ts";
import { keyPolicy } from "../policies/keyPolicy.ts";
import type { Publishers } from "../policies/publisherStatements.ts";

/** The key that a topic's messages are encrypted with, and whose it is. */
export type TopicKey = { readonly key: aws.kms.Key; readonly ours: boolean };

/** The longest time in which the deletion of a key can be taken back. */
const deletionWindowDays = 30;

/**
 * The key comes before the topic, which names it, and its policy after, because it names the topic:
 * that is why the policy is a resource of its own.
 */
export function createKey(
  name: string,
  args: FanoutTopicArgs,
  parent: pulumi.Resource,
): TopicKey | undefined {
  const { encryption = "none" } = args;
  if (encryption === "none") return undefined;
  if (encryption !== "kms") return { key: encryption.key, ours: false };
  const key: aws.kms.KeyArgs = {
    description: `Messages of the topic ${name}, and of its queues`,
    enableKeyRotation: true,
    deletionWindowInDays: deletionWindowDays,
    tags: args.tags,
  };
  return { key: new aws.kms.Key(name, args.transform?.key?.(key) ?? key, { parent }), ours: true };
}

export function createKeyPolicy(
  name: string,
  { key }: TopicKey,
  publishers: pulumi.Output<Publishers>,
  consumerAccounts: readonly string[],
  parent: pulumi.Resource,
): aws.kms.KeyPolicy {
  const policy = pulumi
    .all([key.arn, publishers])
    .apply(([arn, known]) => policyText("key", name, keyPolicy(arn, known, consumerAccounts)));
  return new aws.kms.KeyPolicy(name, { keyId: key.id, policy }, { parent });
}
