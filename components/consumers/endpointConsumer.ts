import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import type { TopicContext } from "../topic/topicContext.ts";
import type { Consumer, UnbufferedConsumerBase } from "./consumerBase.ts";
import { namedConsumer } from "./names.ts";
import { createUndeliveredQueue, inTopicRegion } from "./queues.ts";
import { createSubscription, type SubscriptionTarget } from "./subscription.ts";

/**
 * An e-mail for each message. The owner of the address has to confirm the subscription within two days, by
 * the link in an e-mail from AWS; nothing is delivered before.
 */
export interface EmailConsumerSpec extends UnbufferedConsumerBase {
  kind: "email";
  /** An e-mail address. */
  endpoint: pulumi.Input<string>;
  /** Sends the whole notification as JSON instead of the message's body. @default false */
  json?: boolean;
}

/** A text message for each message. */
export interface SmsConsumerSpec extends UnbufferedConsumerBase {
  kind: "sms";
  /** A phone number in E.164 form: `+4915112345678`. */
  endpoint: pulumi.Input<string>;
}

/**
 * A POST request for each message. The endpoint has to confirm the subscription by requesting the
 * SubscribeURL in the first POST; nothing is delivered before.
 */
export interface HttpsConsumerSpec extends UnbufferedConsumerBase {
  kind: "https";
  /** A URL; `http` only for loopback addresses, in a local run. */
  endpoint: pulumi.Input<string>;
  /** Delivers the message as it was published, without SNS's JSON envelope and without attributes. @default false */
  rawDelivery?: pulumi.Input<boolean>;
  /** Retries, which have to end within an hour. @default 3, 20 seconds apart */
  retries?: HttpsRetries;
  /** Waits during the deployment until the endpoint has confirmed the subscription. @default false */
  autoConfirms?: boolean;
}

/** https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html */
export interface HttpsRetries {
  /** Retries after the first failed attempt: 0 to 100. */
  attempts: number;
  /** Delay before the first retry: 1 second up to the maximum. @default 20 */
  minimumDelaySeconds?: number;
  /** Delay before the last retry: up to 3,600 seconds. @default 20 */
  maximumDelaySeconds?: number;
  /** How the delay grows from the minimum to the maximum. @default "linear" */
  backoff?: "arithmetic" | "exponential" | "geometric" | "linear";
}

/** Between retries. https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html */
export const defaultDelaySeconds = 20;

type EndpointSpec = EmailConsumerSpec | SmsConsumerSpec | HttpsConsumerSpec;

/** Topic to e-mail address, phone number or web server. */
export class EndpointConsumer extends pulumi.ComponentResource implements Consumer {
  readonly undeliveredQueue: aws.sqs.Queue | undefined;
  readonly subscription: aws.sns.TopicSubscription;
  readonly confirmation: pulumi.Output<string> | undefined;

  constructor(context: TopicContext, spec: EndpointSpec, opts: pulumi.ComponentResourceOptions) {
    const { name, aliases } = namedConsumer(context.name, spec.name);
    super("fanout:index:EndpointConsumer", name, {}, { ...opts, aliases });
    const owner = { ...inTopicRegion(context, spec.name), parent: this };
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

/** Phone numbers need no confirmation. */
function confirmationOf(spec: EndpointSpec): pulumi.Output<string> | undefined {
  switch (spec.kind) {
    case "email":
      return pulumi.interpolate`the owner of ${spec.endpoint} has to open the link in the e-mail from AWS within two days; nothing is delivered before`;
    case "https":
      return pulumi.interpolate`${spec.endpoint} has to request the SubscribeURL in the first POST; nothing is delivered before`;
    case "sms":
      return undefined;
  }
}

/** SNS has a protocol of its own for plain HTTP, which the rules accept for loopback addresses only. */
function webProtocol(endpoint: string): "http" | "https" {
  return endpoint.startsWith("http:") ? "http" : "https";
}

/** https://docs.aws.amazon.com/sns/latest/dg/creating-delivery-policy.html */
function deliveryPolicy(retries: HttpsRetries): object {
  return {
    healthyRetryPolicy: {
      numRetries: retries.attempts,
      minDelayTarget: retries.minimumDelaySeconds ?? defaultDelaySeconds,
      maxDelayTarget: retries.maximumDelaySeconds ?? defaultDelaySeconds,
      backoffFunction: retries.backoff ?? "linear",
    },
  };
}
