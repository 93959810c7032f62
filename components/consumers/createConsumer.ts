import type * as pulumi from "@pulumi/pulumi";
import type { ConsumerSpec } from "../consumerSpec.ts";
import type { TopicContext } from "../topicContext.ts";
import type { Consumer } from "./consumer.ts";
import { EndpointConsumer } from "./endpointConsumer.ts";
import { FirehoseConsumer } from "./firehoseConsumer.ts";
import { FunctionConsumer } from "./functionConsumer.ts";
import { QueueConsumer } from "./queueConsumer.ts";

/** Makes a consumer by its kind: the edge from the topic, and what stands behind it. */
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
