import type { Outbox } from "../../../outbox.ts";
import { confirmationEnvelope, envelope } from "../delivering/envelope.ts";
import type { Confirmation, Deliverer, Delivery } from "../delivery.ts";

/** Delivers e-mails into the outbox; for `email-json` with the envelope as text. */
export function emailDeliverer(outbox: Outbox, form: "email" | "email-json"): Deliverer {
  return {
    deliver(delivery) {
      const { topic, subscription, message } = delivery;
      outbox.add({
        kind: "email",
        to: [subscription.endpoint],
        from: sender(topic.attributes.DisplayName),
        subject: message.subject ?? "AWS Notification Message",
        text: form === "email" ? plainText(delivery) : envelope(delivery),
        event: message.event,
      });
    },
    summary: ({ message }) =>
      message.type === "Notification" ? "e-mail" : `e-mail: ${confirmationSubjects[message.type]}`,
    confirm(delivery) {
      const { topic, subscription, message } = delivery;
      outbox.add({
        kind: "email",
        to: [subscription.endpoint],
        from: sender(topic.attributes.DisplayName),
        subject: confirmationSubjects[message.type],
        text: form === "email" ? confirmationText(delivery) : confirmationEnvelope(delivery),
        event: message.event,
      });
    },
  };
}

const confirmationSubjects = {
  SubscriptionConfirmation: "AWS Notification - Subscription Confirmation",
  UnsubscribeConfirmation: "AWS Notification - Unsubscribe Confirmation",
};

function sender(displayName = "AWS Notifications"): string {
  return `${displayName} <no-reply@sns.amazonaws.com>`;
}

function plainText({ message, unsubscribeUrl }: Delivery): string {
  return `${message.text}\n\n--\nTo stop receiving notifications from this topic, visit the link below to unsubscribe:\n${unsubscribeUrl}\n`;
}

function confirmationText({ topic, message }: Delivery<Confirmation>): string {
  return message.type === "SubscriptionConfirmation"
    ? `You have chosen to subscribe to the topic:\n${topic.arn}\n\nTo confirm this subscription, visit the link below (if this was in error, no action is necessary):\n${message.subscribeUrl}\n`
    : `Your subscription to the topic below has been deleted:\n${topic.arn}\n\nIf this was in error, visit the link below to subscribe again:\n${message.subscribeUrl}\n`;
}
