import type { Outbox } from "../../../outbox.ts";
import type { Deliverer } from "../delivery.ts";

/** Who a text message comes from where nobody has set a sender id. */
export const defaultSmsSender = "NOTICE";

/** Writes the text messages that SNS would send into the outbox. */
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
