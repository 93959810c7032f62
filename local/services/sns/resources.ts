import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import { attributes } from "../../provider/attributes.ts";
import {
  optionalFlag,
  optionalNumber,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";
import type { Subscription } from "./subscription.ts";

/** Logs of deliveries are AWS's; here the trace has all of them. */
const deliveryLogging = Object.fromEntries(
  ["sqs", "lambda", "http", "firehose"].flatMap((protocol) => [
    [`${protocol}FailureFeedbackRoleArn`, optionalText],
    [`${protocol}SuccessFeedbackRoleArn`, optionalText],
    [`${protocol}SuccessFeedbackSampleRate`, optionalNumber],
  ]),
);

export const sns: Readonly<Record<string, ResourceType>> = {
  "aws:sns/topic:Topic": resourceType(
    {
      name: optionalText,
      displayName: optionalText,
      fifoTopic: optionalFlag,
      contentBasedDeduplication: optionalFlag,
      fifoThroughputScope: optionalText,
      archivePolicy: optionalText,
      signatureVersion: optionalNumber,
      kmsMasterKeyId: optionalText,
      tracingConfig: optionalText,
      ...deliveryLogging,
      tags,
    },
    (cloud, logicalName, inputs) => {
      const name = inputs.name ?? (inputs.fifoTopic ? `${logicalName}.fifo` : logicalName);
      if (inputs.archivePolicy)
        cloud.note(`${name}: the archive; messages are kept for replay on AWS only`);
      const given = attributes({
        DisplayName: inputs.displayName,
        FifoTopic: inputs.fifoTopic,
        ContentBasedDeduplication: inputs.contentBasedDeduplication,
        FifoThroughputScope: inputs.fifoThroughputScope,
        SignatureVersion: inputs.signatureVersion,
        KmsMasterKeyId: inputs.kmsMasterKeyId,
      });
      const { arn } = cloud.topics.define(name, given, inputs.tags);
      return { id: arn, outputs: { name, arn } };
    },
  ),

  "aws:sns/topicPolicy:TopicPolicy": resourceType(
    { arn: v.string(), policy: v.string() },
    (cloud, _name, { arn, policy }) => {
      cloud.topics.setAttributes(arn, { Policy: policy });
      return { id: arn };
    },
  ),

  "aws:sns/topicSubscription:TopicSubscription": resourceType(
    {
      topic: v.string(),
      protocol: v.string(),
      endpoint: v.string(),
      rawMessageDelivery: optionalFlag,
      filterPolicy: optionalText,
      filterPolicyScope: optionalText,
      redrivePolicy: optionalText,
      deliveryPolicy: optionalText,
      subscriptionRoleArn: optionalText,
      endpointAutoConfirms: optionalFlag,
      confirmationTimeoutInMinutes: optionalNumber,
    },
    (cloud, _name, inputs) => {
      const { topic, protocol, endpoint } = inputs;
      const given = attributes({
        RawMessageDelivery: inputs.rawMessageDelivery,
        FilterPolicyScope: inputs.filterPolicyScope,
        FilterPolicy: inputs.filterPolicy,
        RedrivePolicy: inputs.redrivePolicy,
        DeliveryPolicy: inputs.deliveryPolicy,
        SubscriptionRoleArn: inputs.subscriptionRoleArn,
      });
      if (inputs.endpointAutoConfirms) {
        cloud.note(`${endpoint}: waiting for its confirmation; pulumi up waits on AWS only`);
      }
      changeKept(cloud, topic, { protocol, endpoint, attributes: given });
      const { arn } = cloud.topics.subscribe(topic, protocol, endpoint, given);
      return { id: arn, outputs: { arn } };
    },
  ),
};

/** What an attribute has to be set to so that it is as if nobody had set it. @default the empty text */
const unset: Readonly<Record<string, string>> = {
  RawMessageDelivery: "false",
  FilterPolicyScope: "MessageAttributes",
};

/** Brings the subscription that an earlier run has made to what the program says now. */
function changeKept(
  { topics }: Cloud,
  topicArn: string,
  wanted: Pick<Subscription, "endpoint" | "attributes"> & { readonly protocol: string },
): void {
  const kept = topics
    .subscriptions(topicArn)
    .find(({ protocol, endpoint }) => protocol === wanted.protocol && endpoint === wanted.endpoint);
  if (kept === undefined) return;
  const reset = Object.keys(kept.attributes).map((name) => [name, unset[name] ?? ""]);
  topics.setSubscriptionAttributes(kept.arn, {
    ...Object.fromEntries(reset),
    ...wanted.attributes,
  });
}
