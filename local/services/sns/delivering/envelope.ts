import type { MessageAttributes } from "../../../../aws/messageAttributes.ts";
import type { Confirmation, Delivery, Notification } from "../delivery.ts";
import type { Signable } from "./messageSigner.ts";

/**
 * The JSON document in which queues and HTTP endpoints get a message, unless its delivery is raw.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-and-json-formats.html
 */
export function envelope(delivery: Delivery): string {
  return document(delivery, signatureOf(delivery));
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
    Timestamp: timestampOf(message),
    SignatureVersion: signatureVersion,
    Signature: signature,
    SigningCertURL: certificateUrl,
    UnsubscribeURL: unsubscribeUrl,
    Replayed: message.replayed,
    MessageAttributes: Object.keys(attributes).length > 0 ? attributes : undefined,
  });
}

/** What an HTTP endpoint gets when it is subscribed, or unsubscribed without a signature. */
export function confirmationEnvelope(delivery: Delivery<Confirmation>): string {
  const { topic, message } = delivery;
  const text = confirmationText(delivery);
  const { signatureVersion, signature, certificateUrl } = signed(delivery, {
    Message: text,
    SubscribeURL: message.subscribeUrl,
    Token: message.token,
  });
  return JSON.stringify({
    Type: message.type,
    MessageId: message.messageId,
    Token: message.token,
    TopicArn: topic.arn,
    Message: text,
    SubscribeURL: message.subscribeUrl,
    Timestamp: timestampOf(message),
    SignatureVersion: signatureVersion,
    Signature: signature,
    SigningCertURL: certificateUrl,
  });
}

function confirmationText({ topic, subscription, message }: Delivery<Confirmation>): string {
  return message.type === "SubscriptionConfirmation"
    ? `You have chosen to subscribe to the topic ${topic.arn}.\nTo confirm the subscription, visit the SubscribeURL included in this message.`
    : `You have chosen to deactivate subscription ${subscription.arn}.\nTo cancel this operation and restore the subscription, visit the SubscribeURL included in this message.`;
}

/** The event that a function gets; its member names differ from the envelope's in two letters. */
export function lambdaEvent(delivery: Delivery): string {
  const { topic, subscription, message, unsubscribeUrl } = delivery;
  const { signature, certificateUrl } = signatureOf(delivery);
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
      Timestamp: timestampOf(message),
      // Functions are told version 1 even where the signature is of version 2.
      SignatureVersion: signature && "1",
      Signature: signature,
      SigningCertUrl: certificateUrl,
      UnsubscribeUrl: unsubscribeUrl,
      MessageAttributes: envelopeAttributes(message.attributes),
    },
  };
  return JSON.stringify({ Records: [record] });
}

type Signature = {
  readonly signatureVersion?: string;
  readonly signature?: string;
  readonly certificateUrl?: string;
};

function signatureOf(delivery: Delivery): Signature {
  const { text, subject } = delivery.message;
  return signed(delivery, { Message: text, Subject: subject });
}

/** FIFO topics do not sign. @param members what is signed besides the members of every message */
function signed(
  { topic, message, signer }: Delivery<Notification | Confirmation>,
  members: Signable,
) {
  if (topic.fifo) return {};
  const signatureVersion = topic.attributes.SignatureVersion ?? "1";
  const signature = signer.sign(signatureVersion, {
    ...members,
    MessageId: message.messageId,
    Timestamp: timestampOf(message),
    TopicArn: topic.arn,
    Type: message.type,
  });
  return { signatureVersion, signature, certificateUrl: signer.certificateUrl };
}

function timestampOf({ timestamp }: Notification | Confirmation): string {
  return new Date(timestamp).toISOString();
}

function envelopeAttributes(attributes: MessageAttributes) {
  return Object.fromEntries(
    Object.entries(attributes).map(([name, { dataType, stringValue, binaryValue }]) => [
      name,
      { Type: dataType, Value: stringValue ?? binaryValue },
    ]),
  );
}
