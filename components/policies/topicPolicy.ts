import { accountRootArn, arnParts } from "../../aws/arn.ts";
import {
  denyInsecureTransport,
  type PolicyDocument,
  policyDocument,
  type Statement,
} from "./document.ts";
import { type Publishers, publisherStatements } from "./publisherStatements.ts";

/** An address of another account that its owner may subscribe to the topic. */
export type KnownSubscriber = {
  readonly account: string;
  readonly protocol: string;
  readonly endpoint: string;
};

/**
 * The one policy of a topic, with a statement for the account and one for each source, publisher and
 * foreign subscriber. A topic has one policy document; whoever writes a second one overwrites the first.
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

/** What the policy of a topic must say besides what it says of its own account. */
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
 * Whoever subscribes must own what is subscribed, or somebody has to confirm it.
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

function accountRoot(topicArn: string, account: string): string {
  return accountRootArn(account, arnParts(topicArn).partition);
}
