import { parseArn } from "../../../aws/arn.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import { invalidParameter } from "./errors.ts";
import type { Protocol } from "./subscription.ts";
import type { Topic } from "./topic.ts";

/**
 * The protocol by its name, if SNS lets that endpoint subscribe to that topic by it.
 *
 * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
 */
export function checkEndpoint(name: string, endpoint: string, topic: Topic): Protocol {
  if (name === "application") throw notSupported("mobile push (the protocol application)");
  if (!isProtocol(name)) {
    throw invalidParameter(`Amazon SNS does not support this protocol string: ${name}`);
  }
  if (topic.fifo && name !== "sqs") throw invalidParameter(`Invalid protocol type: ${name}`);
  const problem = endpointProblem(name, endpoint);
  if (problem !== undefined) throw problem;
  if (name === "sqs" && endpoint.endsWith(".fifo") && !topic.fifo) {
    throw invalidParameter(
      "Invalid parameter: Endpoint Reason: FIFO SQS Queues can not be subscribed to standard SNS topics",
    );
  }
  return name;
}

function endpointProblem(protocol: Protocol, endpoint: string): AwsError | undefined {
  return patterns[protocol](endpoint) ? undefined : refusal(protocol, endpoint);
}

const patterns: Readonly<Record<Protocol, (endpoint: string) => boolean>> = {
  email: (endpoint) => /^[^\s@]+@[^\s@]+$/.test(endpoint),
  "email-json": (endpoint) => /^[^\s@]+@[^\s@]+$/.test(endpoint),
  firehose: (endpoint) => isArnOf("firehose", /^deliverystream\/./, endpoint),
  http: (endpoint) => endpoint.startsWith("http://") && URL.canParse(endpoint),
  https: (endpoint) => endpoint.startsWith("https://") && URL.canParse(endpoint),
  lambda: (endpoint) => isArnOf("lambda", /^function:[\w-]+(:[\w$-]+)?$/, endpoint),
  sms: (endpoint) => isPhoneNumber(endpoint.replace(/(?<=\d)[-/.](?=\d)/g, "")),
  sqs: (endpoint) => isArnOf("sqs", /^[\w-]{1,80}(\.fifo)?$/, endpoint),
};

function refusal(protocol: Protocol, endpoint: string): AwsError {
  switch (protocol) {
    case "sms":
      return new AwsError("InvalidParameter", `Invalid SMS endpoint: ${endpoint}`);
    case "http":
    case "https":
      return invalidParameter("Endpoint must match the specified protocol");
    case "email":
    case "email-json":
      return invalidParameter("Email address");
    default:
      return invalidParameter(`${arnNames[protocol]} endpoint ARN`);
  }
}

const arnNames = { firehose: "Firehose", lambda: "Lambda", sqs: "SQS" };

/** E.164: up to 15 digits, with or without a plus in front. */
export function isPhoneNumber(text: string): boolean {
  return /^\+?[1-9]\d{1,14}$/.test(text);
}

function isProtocol(name: string): name is Protocol {
  return Object.hasOwn(patterns, name);
}

function isArnOf(service: string, resource: RegExp, text: string): boolean {
  const arn = parseArn(text);
  return arn?.service === service && resource.test(arn.resource);
}

/** The links in messages, which work without a signature. */
export function unsubscribeUrl(endpoint: string, subscriptionArn: string): string {
  return `${endpoint}/?Action=Unsubscribe&SubscriptionArn=${subscriptionArn}`;
}

export function subscribeUrl(endpoint: string, topicArn: string, token: string): string {
  return `${endpoint}/?Action=ConfirmSubscription&TopicArn=${topicArn}&Token=${token}`;
}
