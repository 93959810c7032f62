import { accountRootArn, arnParts } from "../../aws/arn.ts";
import { type PolicyDocument, policyDocument, type Statement } from "./document.ts";
import { type Publishers, publisherStatements } from "./publisherStatements.ts";

/** What whoever sends to an encrypted topic or queue does with the key. */
const sending = ["kms:GenerateDataKey*", "kms:Decrypt"];

/** The whole policy of a key of ours: the account, whose own policies then count, and who else uses it. */
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

/**
 * What the policy of a topic's key must say besides what it says of its own account: SNS when it
 * delivers to encrypted queues, those who publish, and the other accounts whose functions read.
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
      Principal: { Service: "sns.amazonaws.com" },
      Action: sending,
      Resource: keyArn,
      Condition: { ArnEquals: { "aws:SourceArn": topicArn } },
    },
    ...publisherStatements(publishers, { Action: sending, Resource: keyArn }).map((statement) =>
      onlyFor(topicArn, statement),
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

/** EventBridge does not say to a key for whom it acts: with a condition on that, its events are lost. */
const silentService = "events.amazonaws.com";

/**
 * Pins the use of the key to this topic, which SNS names when it asks for the publisher.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-key-management.html
 */
function onlyFor(topicArn: string, statement: Statement): Statement {
  const topic = { "kms:EncryptionContext:aws:sns:topicArn": topicArn };
  const { Principal, Condition = {} } = statement;
  const silent =
    typeof Principal === "object" && "Service" in Principal && Principal.Service === silentService;
  return {
    ...statement,
    Condition: silent
      ? { StringEquals: topic }
      : { ...Condition, StringEquals: { ...Condition.StringEquals, ...topic } },
  };
}

/** Reading messages that are encrypted with the key. */
export function decryptMessages(keyArn: string): Statement {
  return { Sid: "DecryptMessages", Effect: "Allow", Action: "kms:Decrypt", Resource: keyArn };
}

/** Sending messages that are encrypted with the key. */
export function encryptMessages(keyArn: string): Statement {
  return { Sid: "EncryptMessages", Effect: "Allow", Action: sending, Resource: keyArn };
}
