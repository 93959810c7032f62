import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { policyDocument, type Statement } from "../policyDocument.ts";
import { decryptMessages, encryptMessages } from "./encryption.ts";
import type { TopicContext } from "./topicContext.ts";

/** Adds an inline policy to a role. The role's other policies are not changed. */
export function createGrant(
  name: string,
  role: aws.iam.Role,
  statements: readonly pulumi.Output<Statement>[],
): aws.iam.RolePolicy {
  const policy = pulumi.all([...statements]).apply((known) => policyDocument(...known));
  return new aws.iam.RolePolicy(
    name,
    { role: role.id, policy: pulumi.jsonStringify(policy) },
    { parent: role },
  );
}

/** The statements that a publisher's role needs. */
export function publishing({
  topic,
  key,
}: Pick<TopicContext, "topic" | "key">): pulumi.Output<Statement>[] {
  const publish = topic.arn.apply(publishToTopic);
  return key === undefined ? [publish] : [publish, key.arn.apply(encryptMessages)];
}

/** The statements that the role of a queue's consumer needs. */
export function consuming(
  queueArn: pulumi.Output<string>,
  key: aws.kms.Key | undefined,
): pulumi.Output<Statement>[] {
  const consume = queueArn.apply(consumeQueue);
  return key === undefined ? [consume] : [consume, key.arn.apply(decryptMessages)];
}

function publishToTopic(topicArn: string): Statement {
  return { Sid: "Publish", Effect: "Allow", Action: "sns:Publish", Resource: topicArn };
}

/**
 * Actions of Lambda's poller, which runs under the function's role.
 * https://docs.aws.amazon.com/lambda/latest/dg/services-sqs-configure.html
 */
function consumeQueue(queueArn: string): Statement {
  return {
    Sid: "ConsumeQueue",
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: queueArn,
  };
}
