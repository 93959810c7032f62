import type * as pulumi from "@pulumi/pulumi";
import { accountRootArn, arnParts } from "../../aws/arn.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "../policyDocument.ts";
import { type Publishers, publisherStatements } from "./publishers.ts";

/** An endpoint in another account. A subscription that its owner creates needs no confirmation. */
export interface Subscriber {
  /** 12 digits. */
  account: string;
  protocol: "sqs" | "lambda" | "firehose" | "https" | "email" | "sms";
  /** The ARN of a queue, function or delivery stream, a URL, an e-mail address or a phone number. */
  endpoint: pulumi.Input<string>;
}

/** A Subscriber whose Outputs are known. */
export type KnownSubscriber = {
  readonly account: string;
  readonly protocol: string;
  readonly endpoint: string;
};

/**
 * The policy of a topic, with a statement for the account and one for each source, publisher and
 * subscriber. A topic has one policy document: a second TopicPolicy resource would overwrite the first.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-access-policy-use-cases.html
 */
export function topicPolicy(
  publishers: Publishers,
  subscribers: readonly KnownSubscriber[],
): PolicyDocument {
  const { topicArn } = publishers;
  return policyDocument(
    ownerManages(topicArn),
    ...topicStatements(publishers, subscribers),
    denyInsecureTransport("sns:Publish", topicArn),
  );
}

/** The statements that the policy of an existing topic needs. */
export function topicStatements(
  publishers: Publishers,
  subscribers: readonly KnownSubscriber[],
): Statement[] {
  const { topicArn } = publishers;
  return [
    ...publisherStatements(publishers, { Action: "sns:Publish", Resource: topicArn }),
    ...subscribers.map((subscriber, index) => subscribes(topicArn, subscriber, index + 1)),
  ];
}

function ownerManages(topicArn: string): Statement {
  return {
    Sid: "OwnerManages",
    Effect: "Allow",
    Principal: { AWS: accountRoot(topicArn, arnParts(topicArn).account) },
    Action: [
      "sns:AddPermission",
      "sns:DeleteTopic",
      "sns:GetTopicAttributes",
      "sns:ListSubscriptionsByTopic",
      "sns:Publish",
      "sns:RemovePermission",
      "sns:SetTopicAttributes",
      "sns:Subscribe",
    ],
    Resource: topicArn,
  };
}

/**
 * Lets the owner of an endpoint subscribe it: a subscription by anyone else has to be confirmed.
 * https://docs.aws.amazon.com/sns/latest/dg/sns-send-message-to-sqs-cross-account.html
 */
function subscribes(
  topicArn: string,
  { account, protocol, endpoint }: KnownSubscriber,
  number: number,
): Statement {
  return {
    Sid: `Subscriber${number}`,
    Effect: "Allow",
    Principal: { AWS: accountRoot(topicArn, account) },
    Action: "sns:Subscribe",
    Resource: topicArn,
    Condition: { StringEquals: { "sns:Protocol": protocol, "sns:Endpoint": endpoint } },
  };
}

/** Lets another account subscribe to an existing topic. @param account undefined under mocks without lookups */
export function accountSubscribes(topicArn: string, account: string | undefined): Statement[] {
  if (account === undefined || account === arnParts(topicArn).account) return [];
  return [
    {
      Sid: "ConsumersSubscribe",
      Effect: "Allow",
      Principal: { AWS: accountRoot(topicArn, account) },
      Action: "sns:Subscribe",
      Resource: topicArn,
    },
  ];
}

function accountRoot(topicArn: string, account: string): string {
  return accountRootArn(account, arnParts(topicArn).partition);
}
