import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import type { Confirmation, Delivery } from "../delivery.ts";
import { regionOf, type Topic } from "../topic.ts";

/**
 * The JSON document in which queues and HTTP endpoints get a message, unless its delivery is raw.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export function envelope(delivery: Delivery): string {
  return document(delivery, signatureOf(delivery.topic));
}

/** The same as delivery streams get it. */
export function unsignedEnvelope(delivery: Delivery): string {
  return document(delivery, {});
}

function document(
  { topic, message, unsubscribeUrl }: Delivery,
  { signatureVersion, signature, certificateUrl }: Signature,
): string {
  const attributes = envelopeAttributes(message.attributes);
  // Members that are undefined are left out.
  return JSON.stringify({
    Type: message.type,
    MessageId: message.messageId,
    SequenceNumber: message.sequenceNumber,
    TopicArn: topic.arn,
    Subject: message.subject,
    Message: message.text,
    Timestamp: new Date(message.timestamp).toISOString(),
    SignatureVersion: signatureVersion,
    Signature: signature,
    SigningCertURL: certificateUrl,
    UnsubscribeURL: unsubscribeUrl,
    MessageAttributes: Object.keys(attributes).length > 0 ? attributes : undefined,
  });
}

/** What an HTTP endpoint gets when it is subscribed, or unsubscribed without a signature. */
export function confirmationEnvelope({
  topic,
  subscription,
  message,
}: Delivery<Confirmation>): string {
  const { signatureVersion, signature, certificateUrl } = signatureOf(topic);
  return JSON.stringify({
    Type: message.type,
    MessageId: message.messageId,
    Token: message.token,
    TopicArn: topic.arn,
    Message:
      message.type === "SubscriptionConfirmation"
        ? `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
        : `You have chosen to deactivate subscription ${subscription.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`,
    SubscribeURL: message.subscribeUrl,
    Timestamp: new Date(message.timestamp).toISOString(),
    SignatureVersion: signatureVersion,
    Signature: signature,
    SigningCertURL: certificateUrl,
  });
}

/** The event that a function gets; its member names differ from the envelope's in two letters. */
export function lambdaEvent({ topic, subscription, message, unsubscribeUrl }: Delivery): string {
  const { signatureVersion, signature, certificateUrl } = signatureOf(topic);
  const record = {
    EventSource: "aws:sns",
    EventVersion: "1.0",
    EventSubscriptionArn: subscription.arn,
    Sns: {
      Type: message.type,
      MessageId: message.messageId,
      TopicArn: topic.arn,
      Subject: message.subject ?? null,
      Message: message.text,
      Timestamp: new Date(message.timestamp).toISOString(),
      SignatureVersion: signatureVersion,
      Signature: signature,
      SigningCertUrl: certificateUrl,
      UnsubscribeUrl: unsubscribeUrl,
      MessageAttributes: envelopeAttributes(message.attributes),
    },
  };
  return JSON.stringify({ Records: [record] });
}

/** Only AWS can sign with its certificate. The members are present, but the signature does not verify. */
const noSignature = Buffer.from("not signed by Fanout's local cloud").toString("base64");

type Signature = {
  readonly signatureVersion?: string;
  readonly signature?: string;
  readonly certificateUrl?: string;
};

/** FIFO topics do not sign. */
function signatureOf(topic: Topic): Signature {
  if (topic.fifo) return {};
  return {
    signatureVersion: topic.attributes.SignatureVersion ?? "1",
    signature: noSignature,
    certificateUrl: `https://sns.${regionOf(topic)}.amazonaws.com/SimpleNotificationService-local.pem`,
  };
}

function envelopeAttributes(attributes: MessageAttributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { Type: dataType, Value: stringValue ?? binaryValue },
    ]),
  );
}
