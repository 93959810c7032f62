import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import {
  autoNameSuffixLength,
  childName,
  type NamedChild,
  unclaimedAliases,
} from "../childNames.ts";
import { policyDocument, type Statement } from "../policyDocument.ts";
import { resourceName } from "../resourceName.ts";
import { decryptMessages, encryptMessages } from "./encryption.ts";
import type { TopicContext } from "./topicContext.ts";

/** IAM's limit without the suffix that Pulumi adds. */
const longestName = 128 - autoNameSuffixLength;

type Grant = { readonly target: pulumi.Output<string>; readonly policy: aws.iam.RolePolicy };

/** By role and name in Pulumi. */
const grants = new WeakMap<aws.iam.Role, Map<string, Grant>>();

/**
 * Adds an inline policy to a role, or returns the one that an earlier call for the same target added. The role's
 * other policies are not changed.
 *
 * @param target the ARN of the topic or the queue, as the component holds it
 * @throws RunError if the name is too long, or the role has a grant of that name for another target
 */
export function createGrant(
  named: NamedChild,
  role: aws.iam.Role,
  target: pulumi.Output<string>,
  statements: readonly pulumi.Output<Statement>[],
): aws.iam.RolePolicy {
  const { name } = named;
  const granted = grants.get(role) ?? new Map<string, Grant>();
  grants.set(role, granted);
  const grant = granted.get(name) ?? { target, policy: createPolicy(named, role, statements) };
  if (grant.target !== target) {
    throw new pulumi.RunError(
      `the role has a grant "${name}" already, for another topic or queue: pass another name`,
    );
  }
  granted.set(name, grant);
  return grant.policy;
}

function createPolicy(
  { name, aliases }: NamedChild,
  role: aws.iam.Role,
  statements: readonly pulumi.Output<Statement>[],
): aws.iam.RolePolicy {
  if (name.length > longestName) {
    throw new pulumi.RunError(
      `the grant "${name}" has a name of ${name.length} characters; IAM allows ${longestName}, with what Pulumi adds 128: pass a shorter name`,
    );
  }
  const policy = pulumi.all([...statements]).apply((known) => policyDocument(...known));
  return new aws.iam.RolePolicy(
    name,
    { role: role.id, policy: pulumi.jsonStringify(policy) },
    { parent: role, aliases },
  );
}

/**
 * The name of a grant in Pulumi: `orders-web-publish`. The URN does not contain the role's name. A stack keeps
 * the grant of a topic or consumer from before names contained the role's.
 *
 * @param granted name of the topic or of the consumer
 * @param given name that the caller of the grant chose
 */
export function namedGrant(
  granted: string,
  role: aws.iam.Role,
  what: "publish" | "consume",
  given: string | undefined,
): NamedChild {
  if (given !== undefined) return { name: given, aliases: [] };
  const ofRole = resourceName(role);
  if (ofRole === undefined) {
    throw new pulumi.RunError(
      `the role of a grant has no name in Pulumi; pass a name for the grant`,
    );
  }
  return {
    name: `${childName(granted, ofRole)}-${what}`,
    aliases: unclaimedAliases(`${granted}-${what}`),
  };
}

/** The statements that a publisher's role needs. */
export function publishing({
  topic,
  key,
}: Pick<TopicContext, "topic" | "key">): pulumi.Output<Statement>[] {
  const publish = topic.arn.apply(publishToTopic);
  return key === undefined ? [publish] : [publish, key.arn.apply(encryptMessages)];
}

/** The statements that the role of a queue's function needs. */
export function consuming(
  queueArn: pulumi.Output<string>,
  key: aws.kms.Key | undefined,
): pulumi.Output<Statement>[] {
  return withKey(
    queueArn.apply((arn) => consumeQueue(arn, lambdaActions)),
    key,
  );
}

/** The statements that the role of an application needs which polls a queue. */
export function polling(
  queueArn: pulumi.Output<string>,
  key: aws.kms.Key | undefined,
): pulumi.Output<Statement>[] {
  return withKey(
    queueArn.apply((arn) => consumeQueue(arn, pollerActions)),
    key,
  );
}

function withKey(
  consume: pulumi.Output<Statement>,
  key: aws.kms.Key | undefined,
): pulumi.Output<Statement>[] {
  return key === undefined ? [consume] : [consume, key.arn.apply(decryptMessages)];
}

function publishToTopic(topicArn: string): Statement {
  return { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn };
}

/**
 * Actions of Lambda's poller, which runs under the function's role.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
const lambdaActions = ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"];

/**
 * An application also looks up the queue's URL by its name, and extends or ends the time in which a message is
 * invisible.
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-visibility-timeout.html
 */
const pollerActions = [...lambdaActions, "sqs:ChangeMessageVisibility", "sqs:GetQueueUrl"];

function consumeQueue(queueArn: string, actions: readonly string[]): Statement {
  return { Sid: "ConsumeQueue", Effect: "Allow", Action: actions, Resource: queueArn };
}
