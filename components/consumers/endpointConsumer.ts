import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type {
  EmailConsumerSpec,
  HttpsConsumerSpec,
  HttpsRetries,
  SmsConsumerSpec,
} from "../consumerSpec.ts";
import { consumerName } from "../names.ts";
import type { TopicContext } from "../topicContext.ts";
import type { Consumer } from "./consumer.ts";
import { createUndeliveredQueue, outside } from "./queues.ts";
import { createSubscription, type SubscriptionTarget } from "./subscription.ts";

type EndpointSpec = EmailConsumerSpec | SmsConsumerSpec | HttpsConsumerSpec;

/** Topic to an address outside: e-mail, text message, or web server. */
export class EndpointConsumer extends pulumi.ComponentResource implements Consumer {
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  readonly subscription: aws.sns.TopicSubscription;
  readonly confirmation: pulumi.Output<string> | undefined;

  constructor(context: TopicContext, spec: EndpointSpec, opts: pulumi.ComponentResourceOptions) {
    super("fanout:index:EndpointConsumer", consumerName(context.name, spec.name), {}, opts);
    const owner = { ...outside(context, spec.name), parent: this };
    this.undeliveredQueue =
      spec.subscriptionDeadLetter === false ? undefined : createUndeliveredQueue(owner);
    const target = { ...targetOf(spec), undeliveredQueue: this.undeliveredQueue };
    this.subscription = createSubscription(context, spec, target, this);
    this.confirmation = confirmationOf(spec);
    this.registerOutputs({ subscriptionArn: this.subscription.arn });
  }
}

function targetOf(spec: EndpointSpec): Omit<SubscriptionTarget, "undeliveredQueue"> {
  const { endpoint } = spec;
  switch (spec.kind) {
    case "email":
      return { protocol: spec.json ? "email-json" : "email", endpoint };
    case "sms":
      return { protocol: "sms", endpoint };
    case "https":
      return {
        protocol: pulumi.output(endpoint).apply(webProtocol),
        endpoint,
        settings: {
          rawMessageDelivery: spec.rawDelivery ?? false,
          deliveryPolicy: spec.retries && JSON.stringify(deliveryPolicy(spec.retries)),
          endpointAutoConfirms: spec.autoConfirms ?? false,
        },
      };
  }
}

/** A phone number is not asked. */
function confirmationOf(spec: EndpointSpec): pulumi.Output<string> | undefined {
  switch (spec.kind) {
    case "email":
      return pulumi.interpolate`the owner of ${spec.endpoint} has to open the link in the mail from AWS, within two days; until then nothing is sent`;
    case "https":
      return pulumi.interpolate`${spec.endpoint} has to visit the SubscribeURL in the first POST that it gets; until then nothing is posted`;
    case "sms":
      return undefined;
  }
}

/** SNS takes plain HTTP for another protocol. The rules let it pass for this machine's own addresses only. */
function webProtocol(endpoint: string): "http" | "https" {
  return endpoint.startsWith("http:") ? "http" : "https";
}

/** https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html */
function deliveryPolicy(retries: HttpsRetries): object {
  return {
    healthyRetryPolicy: {
      numRetries: retries.attempts,
      minDelayTarget: retries.minimumDelaySeconds ?? 20,
      maxDelayTarget: retries.maximumDelaySeconds ?? 20,
      backoffFunction: retries.backoff ?? "linear",
    },
  };
}
