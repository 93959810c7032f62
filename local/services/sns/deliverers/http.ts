import http from "node:http";
import https from "node:https";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import { effectiveDeliveryOf } from "../attributes/deliveryPolicy.ts";
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
        "content-type": effectiveDeliveryOf(delivery).contentType,
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
  const status = await answerTo(url, body, {
    "accept-encoding": "gzip,deflate",
    "user-agent": "Amazon Simple Notification Service Agent",
    "x-amz-sns-message-id": message.messageId,
    "x-amz-sns-message-type": message.type,
    "x-amz-sns-topic-arn": topic.arn,
    ...authorization,
    ...headers,
  });
  if (status < 200 || status > 299) throw refusal(url, status);
}

/** A name and password in the URL are sent as a header, as SNS does. */
function withoutCredentials(endpoint: string): {
  url: string;
  authorization: Readonly<Record<string, string>>;
} {
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

/** The status of the answer. `fetch` would add headers that SNS does not send. */
async function answerTo(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  try {
    return await posted(url, body, headers);
  } catch (error) {
    const [cause] = error instanceof AggregateError ? error.errors : [error];
    throw new AwsError("EndpointUnreachable", `${url} does not answer: ${cause}`, { status: 503 });
  }
}

function posted(
  url: string,
  body: string,
  headers: Readonly<Record<string, string>>,
): Promise<number> {
  const { request } = url.startsWith("https:") ? https : http;
  const length = String(Buffer.byteLength(body));
  const signal = AbortSignal.timeout(timeoutMilliseconds);
  return new Promise((resolve, reject) => {
    // A connection of its own: the endpoint may close an idle one at any moment.
    const connection = { agent: false, signal };
    const sentHeaders = { ...headers, "content-length": length };
    const options = { method: "POST", headers: sentHeaders, ...connection };
    const sent = request(url, options, (response) => {
      response.resume();
      resolve(response.statusCode ?? 0);
    });
    sent.on("error", reject);
    sent.end(body);
  });
}

/** SNS retries after 429 and 5xx; any other error is permanent. */
function refusal(endpoint: string, status: number): AwsError {
  const again = status >= 500 || status === 429;
  return new AwsError("EndpointRefused", `${endpoint} answered ${status}`, {
    status: again ? 503 : 400,
  });
}

function requireLoopback(endpoint: string): void {
  const { hostname } = new URL(endpoint);
  if (/^(localhost|127(\.\d{1,3}){3}|\[::1\])$/.test(hostname)) return;
  throw notSupported(
    `posting to ${endpoint}: it posts to this machine only (localhost, 127.0.0.1, [::1])`,
  );
}
