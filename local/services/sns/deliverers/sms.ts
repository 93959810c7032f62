import { randomUUID } from "node:crypto";
import type { Outbox } from "../../../outbox.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Deliverer } from "../delivery.ts";
import { isPhoneNumber } from "../endpoints.ts";
import { invalidParameter, invalidParameterBecause } from "../errors.ts";
import type { Publication, Published } from "../interface.ts";
import { checkMessage } from "../publishing/publicationRules.ts";

/** The default sender of text messages. */
const defaultSmsSender = "NOTICE";

/** Delivers text messages into the outbox. */
export function smsDeliverer(outbox: Outbox): Deliverer {
  return {
    summary: () => "text message",
    deliver({ topic, subscription, message }) {
      const { DisplayName: name } = topic.attributes;
      outbox.add({
        kind: "sms",
        to: [subscription.endpoint],
        from: message.attributes["AWS.SNS.SMS.SenderID"]?.stringValue ?? defaultSmsSender,
        text: name === undefined ? message.text : `${name}> ${message.text}`,
        event: message.event,
      });
    },
  };
}

const maxCharacters = 1600;

/**
 * Sends a text message to one phone number, without a topic, into the outbox.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sms_sending-overview.html
 */
export function publishText(
  { outbox, trace }: { readonly outbox: Outbox; readonly trace: Trace },
  phoneNumber: string,
  publication: Publication,
): Published {
  if (!isPhoneNumber(phoneNumber)) {
    throw invalidParameterBecause("PhoneNumber", `${phoneNumber} is not valid to publish to`);
  }
  checkMessage(publication);
  const { message, attributes, from } = publication;
  if (message.length > maxCharacters) throw invalidParameter("Message too long");
  const messageId = randomUUID();
  const event = publication.event ?? messageId;
  const sender = attributes?.["AWS.SNS.SMS.SenderID"]?.stringValue ?? defaultSmsSender;
  outbox.add({ kind: "sms", to: [phoneNumber], from: sender, text: message, event });
  trace.record(event, from, phoneNumber, { kind: "sent", summary: "text message" });
  return { messageId };
}
