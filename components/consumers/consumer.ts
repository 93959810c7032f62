import type * as pulumi from "@pulumi/pulumi";
import type { TopicContext } from "../topic/topicContext.ts";
import type { Consumer } from "./consumerBase.ts";
import {
  type EmailConsumerSpec,
  EndpointConsumer,
  type HttpsConsumerSpec,
  type SmsConsumerSpec,
} from "./endpointConsumer.ts";
import { FirehoseConsumer, type FirehoseConsumerSpec } from "./firehoseConsumer.ts";
import { FunctionConsumer, type FunctionConsumerSpec } from "./functionConsumer.ts";
import { QueueConsumer, type QueueConsumerSpec } from "./queueConsumer.ts";

/** One consumer of a topic, by its `kind`. @default kind: "queue" */
export type ConsumerSpec =
  | QueueConsumerSpec
  | FunctionConsumerSpec
  | EmailConsumerSpec
  | SmsConsumerSpec
  | HttpsConsumerSpec
  | FirehoseConsumerSpec;

/** A consumer whose queue is in another account than the topic. */
export type CrossAccountConsumer = QueueConsumerSpec & { readonly account: string };

export function isCrossAccount(spec: ConsumerSpec): spec is CrossAccountConsumer {
  return "account" in spec && spec.account !== undefined;
}

/** Whether a consumer's queue or function is in another account or region than the topic. */
export function isCrossAccountOrRegion(spec: ConsumerSpec): boolean {
  return isCrossAccount(spec) || ("region" in spec && spec.region !== undefined);
}

export function createConsumer(
  context: TopicContext,
  spec: ConsumerSpec,
  parent: pulumi.Resource,
): Consumer {
  switch (spec.kind) {
    case undefined:
    case "queue":
      return new QueueConsumer(context, spec, { parent, provider: spec.provider });
    case "function":
      return new FunctionConsumer(context, spec, { parent });
    case "firehose":
      return new FirehoseConsumer(context, spec, { parent });
    case "email":
    case "sms":
    case "https":
      return new EndpointConsumer(context, spec, { parent });
  }
}
