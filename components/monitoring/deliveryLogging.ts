import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { arnParts } from "../../aws/arn.ts";
import { type PolicyDocument, policyDocument, policyText, trustSns } from "../policyDocument.ts";

/** Logs of SNS's deliveries to queues, functions, web servers and delivery streams. */
export interface DeliveryLoggingArgs {
  /** Percentage of successful deliveries that is logged: 0 to 100. @default 0: only failures */
  successSamplePercent?: number;
  /** Retention of the logs, in days: 1, 3, 5, 7, 14, 30 or another value of CloudWatch's. @default 30 */
  retentionDays?: number;
}

type Tagged = { readonly tags: Record<string, pulumi.Input<string>> | undefined };

const defaultRetentionDays = 30;

/** Protocols whose deliveries SNS can log; e-mail and SMS are not among them. */
const protocols = ["sqs", "lambda", "http", "firehose"] as const;

/** The name of the logging role in Pulumi. */
export function loggingRoleName(topic: string): string {
  return `${topic}-delivery-logging`;
}

/** Creates the role with which SNS writes logs, before the topic, which refers to it. */
export function createLoggingRole(
  name: string,
  tags: Tagged["tags"],
  parent: pulumi.Resource,
): aws.iam.Role {
  return new aws.iam.Role(
    loggingRoleName(name),
    {
      assumeRolePolicy: JSON.stringify(trustSns),
      description: `SNS logs deliveries of the topic ${name}`,
      tags,
    },
    { parent },
  );
}

/** The arguments of the topic that turn logging on. */
export function loggingArgs(
  role: aws.iam.Role,
  { successSamplePercent = 0 }: DeliveryLoggingArgs,
): aws.sns.TopicArgs {
  return Object.fromEntries(
    protocols.flatMap((protocol) => [
      [`${protocol}FailureFeedbackRoleArn`, role.arn],
      [`${protocol}SuccessFeedbackRoleArn`, role.arn],
      [`${protocol}SuccessFeedbackSampleRate`, successSamplePercent],
    ]),
  );
}

/**
 * Creates the two log groups, whose names SNS derives from the topic's, and the policy to write to them.
 * Logs in groups that SNS creates itself never expire.
 */
export function createDeliveryLogs(
  name: string,
  topic: aws.sns.Topic,
  role: aws.iam.Role,
  { retentionDays = defaultRetentionDays, tags }: DeliveryLoggingArgs & Tagged,
  parent: pulumi.Resource,
): void {
  // The group of deliveries of a topic `orders-failed` is not that of failed deliveries of `orders`.
  const group = (suffix: string, path: string) =>
    new aws.cloudwatch.LogGroup(
      `${name.replace(/-failed_*$/, "$&_")}-${suffix}`,
      {
        name: topic.arn.apply((arn) => logGroupName(arn) + path),
        retentionInDays: retentionDays,
        tags,
      },
      { parent },
    );
  group("deliveries", "");
  group("failed-deliveries", "/Failure");
  const policy = topic.arn.apply((arn) => policyText("role", name, writeDeliveryLogs(arn)));
  new aws.iam.RolePolicy(loggingRoleName(name), { role: role.id, policy }, { parent: role });
}

/** `sns/eu-west-1/123456789012/orders-1a2b3c4`, for failures with `/Failure` appended. */
function logGroupName(topicArn: string): string {
  const { region, account, resource: name } = arnParts(topicArn);
  return `sns/${region}/${account}/${name}`;
}

/** https://docs.aws.amazon.com/sns/latest/dg/sns-topic-attributes.html */
function writeDeliveryLogs(topicArn: string): PolicyDocument {
  const { partition, region, account } = arnParts(topicArn);
  const group = `arn:${partition}:logs:${region}:${account}:log-group:${logGroupName(topicArn)}`;
  return policyDocument({
    Sid: "WriteDeliveryLogs",
    Effect: "Allow",
    Action: [
      "logs:CreateLogGroup",
      "logs:CreateLogStream",
      "logs:PutLogEvents",
      "logs:PutMetricFilter",
      "logs:PutRetentionPolicy",
    ],
    Resource: [group, `${group}:*`, `${group}/*`],
  });
}
