import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { roleNameProblem } from "../../aws/resourceNames.ts";
import { type PolicyDocument, policyDocument, trustSns } from "../policyDocument.ts";
import type { TopicContext } from "../topic/topicContext.ts";
import { withCheckedName } from "../transformed.ts";
import type { Consumer, UnbufferedConsumerBase } from "./consumerBase.ts";
import { namedConsumer } from "./names.ts";
import { createUndeliveredQueue, inTopicRegion } from "./queues.ts";
import { createSubscription } from "./subscription.ts";

/** A record in a Firehose delivery stream for each message. */
export interface FirehoseConsumerSpec extends UnbufferedConsumerBase {
  kind: "firehose";
  /** ARN of the delivery stream. The component creates the role with which SNS writes to it. */
  endpoint: pulumi.Input<string>;
  /** Delivers the message as it was published, without SNS's JSON envelope and without attributes. @default false */
  rawDelivery?: pulumi.Input<boolean>;
}

/** Topic to Firehose delivery stream, with the role with which SNS writes to it. */
export class FirehoseConsumer extends pulumi.ComponentResource implements Consumer {
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  readonly subscription: aws.sns.TopicSubscription;

  constructor(
    context: TopicContext,
    spec: FirehoseConsumerSpec,
    opts: pulumi.ComponentResourceOptions,
  ) {
    const { name, aliases } = namedConsumer(context.name, spec.name);
    super("fanout:index:FirehoseConsumer", name, {}, { ...opts, aliases });
    const owner = { ...inTopicRegion(context, spec.name), parent: this };
    this.undeliveredQueue =
      spec.subscriptionDeadLetter === false ? undefined : createUndeliveredQueue(owner);
    const role = createRole(name, context, spec, this);
    const policy = createRolePolicy(name, role, spec, this);
    const target = {
      protocol: "firehose",
      endpoint: spec.endpoint,
      undeliveredQueue: this.undeliveredQueue,
      settings: {
        subscriptionRoleArn: role.arn,
        rawMessageDelivery: spec.rawDelivery ?? false,
      },
    } as const;
    this.subscription = createSubscription(context, spec, target, this, [policy]);
    this.registerOutputs({ subscriptionArn: this.subscription.arn });
  }
}

function createRole(
  name: string,
  context: TopicContext,
  spec: FirehoseConsumerSpec,
  parent: pulumi.Resource,
): aws.iam.Role {
  const args: aws.iam.RoleArgs = {
    assumeRolePolicy: JSON.stringify(trustSns),
    description: `SNS to the delivery stream of ${spec.name}, of the topic ${context.name}`,
    tags: context.tags,
  };
  const result = context.transform.role?.(args, spec.name) ?? args;
  const where = `FanoutTopic "${context.name}": consumer "${spec.name}": transform.role`;
  return new aws.iam.Role(name, withCheckedName(result, where, roleNameProblem), { parent });
}

function createRolePolicy(
  name: string,
  role: aws.iam.Role,
  spec: FirehoseConsumerSpec,
  parent: pulumi.Resource,
): aws.iam.RolePolicy {
  const policy = pulumi.output(spec.endpoint).apply(writeToDeliveryStream);
  return new aws.iam.RolePolicy(
    name,
    { role: role.id, policy: pulumi.jsonStringify(policy) },
    { parent },
  );
}

/** https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html */
function writeToDeliveryStream(streamArn: string): PolicyDocument {
  return policyDocument({
    Sid: "WriteToDeliveryStream",
    Effect: "Allow",
    Action: [
      "firehose:DescribeDeliveryStream",
      "firehose:ListDeliveryStreams",
      "firehose:ListTagsForDeliveryStream",
      "firehose:PutRecord",
      "firehose:PutRecordBatch",
    ],
    Resource: streamArn,
  });
}
