import { isObject } from "../../../aws/jsonObject.ts";

/**
 * What a message of an undelivered or failure queue is brought to a function as: the event that it
 * would have had, JSON text. SNS keeps there what it would have handed to Lambda, in the envelope that
 * queues get; Lambda keeps a record with the event in it, or (the older dead-letter setting) the event.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-dead-letter-queues.html
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-async-retain-records.html
 *
 * @returns undefined for a body that is none of these
 */
export function functionEvent(body: string, subscriptionArn: string): string | undefined {
  const document = parseJson(body);
  if (!isObject(document)) return undefined;
  if (isObject(document.requestContext) && "requestPayload" in document) {
    return JSON.stringify(document.requestPayload);
  }
  if (document.Type === "Notification" && typeof document.Message === "string") {
    return JSON.stringify({ Records: [notificationRecord(document, subscriptionArn)] });
  }
  return Array.isArray(document.Records) ? body : undefined;
}

/** The event has the envelope's members, two of them spelt otherwise. */
function notificationRecord(envelope: Readonly<Record<string, unknown>>, subscriptionArn: string) {
  const { SigningCertURL, UnsubscribeURL, MessageAttributes = {}, ...others } = envelope;
  return {
    EventSource: "aws:sns",
    EventVersion: "1.0",
    EventSubscriptionArn: subscriptionArn,
    Sns: {
      Subject: null,
      ...others,
      SigningCertUrl: SigningCertURL,
      UnsubscribeUrl: UnsubscribeURL,
      MessageAttributes,
    },
  };
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer here: it is no event.
    return undefined;
  }
}
