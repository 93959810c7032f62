import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import {
  effectiveDelivery,
  readSubscriptionDeliveryPolicy,
  readTopicDeliveryPolicy,
} from "../delivering/deliveryPolicy.ts";
import { confirmationEnvelope, envelope } from "../delivering/envelope.ts";
import type { Confirmation, Deliverer, Delivery, Notification } from "../delivery.ts";

/** How long SNS waits for an endpoint's response. */
const timeoutMilliseconds = 15_000;

/**
 * Posts messages to HTTP and HTTPS endpoints on this machine, with the headers that SNS sends. Nothing
 * is ever sent to another machine.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/http-header.html
 */
export function httpDeliverer(): Deliverer {
  return {
    check: requireLoopback,
    summary: ({ message }) => `POST, ${message.type}`,
    async deliver(delivery) {
      const { rawDelivery } = delivery.subscription;
      await post(delivery, rawDelivery ? delivery.message.text : envelope(delivery), {
        "content-type": contentTypeOf(delivery),
        ...(rawDelivery && { "x-amz-sns-rawdelivery": "true" }),
        "x-amz-sns-subscription-arn": delivery.subscription.arn,
      });
    },
    async confirm(delivery) {
      await post(delivery, confirmationEnvelope(delivery), {
        "content-type": "text/plain; charset=UTF-8",
        ...(delivery.message.type === "UnsubscribeConfirmation" && {
          "x-amz-sns-subscription-arn": delivery.subscription.arn,
        }),
      });
    },
  };
}

async function post(
  { topic, subscription, message }: Delivery<Notification | Confirmation>,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<void> {
  const { url, authorization } = withoutCredentials(subscription.endpoint);
  const response = await answerOf(url, {
    method: "POST",
    redirect: "manual",
    signal: AbortSignal.timeout(timeoutMilliseconds),
    headers: {
      "user-agent": "Amazon Simple Notification Service Agent",
      "x-amz-sns-message-id": message.messageId,
      "x-amz-sns-message-type": message.type,
      "x-amz-sns-topic-arn": topic.arn,
      ...authorization,
      ...headers,
    },
    body,
  });
  await response.body?.cancel();
  if (!response.ok) throw refusal(url, response.status);
}

/** A name and password in the URL are sent as a header, as SNS does. */
function withoutCredentials(endpoint: string) {
  const url = new URL(endpoint);
  const { username, password } = url;
  url.username = "";
  url.password = "";
  const credentials = [username, password].map(decodeURIComponent).join(":");
  return {
    url: url.href,
    authorization:
      username === ""
        ? {}
        : { authorization: `Basic ${Buffer.from(credentials).toString("base64")}` },
  };
}

async function answerOf(endpoint: string, request: RequestInit): Promise<Response> {
  try {
    return await fetch(endpoint, request);
  } catch (error) {
    const cause = error instanceof Error ? (error.cause ?? error) : error;
    throw new AwsError("EndpointUnreachable", `${endpoint} does not answer: ${cause}`, {
      status: 503,
    });
  }
}

/** SNS retries after 429 and 5xx; any other error is permanent. */
function refusal(endpoint: string, status: number): AwsError {
  const again = status >= 500 || status === 429;
  return new AwsError("EndpointRefused", `${endpoint} answered ${status}`, {
    status: again ? 503 : 400,
  });
}

function contentTypeOf({ topic, subscription }: Delivery): string {
  return effectiveDelivery(
    readTopicDeliveryPolicy(topic.attributes.DeliveryPolicy),
    readSubscriptionDeliveryPolicy(subscription.attributes.DeliveryPolicy),
  ).contentType;
}

function requireLoopback(endpoint: string): void {
  const { hostname } = new URL(endpoint);
  if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)) return;
  throw notSupported(
    `posting to ${endpoint}: it posts to this machine only (localhost, 127.0.0.1, [::1])`,
  );
}
