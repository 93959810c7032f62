import { matchMessage } from "../../../../aws/filterPolicy/match.ts";
import { type FieldsByScope, fieldsByScope } from "../../../../aws/filterPolicy/messageFields.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { Replays } from "../archive/replays.ts";
import type { Notification } from "../delivery.ts";
import type { Protocol, Subscription } from "../subscription.ts";
import type { SubscriptionTable } from "../subscriptionTable.ts";
import type { Topic } from "../topic.ts";
import type { Delivering } from "./delivering.ts";

type Options = {
  readonly trace: Trace;
  readonly subscriptions: SubscriptionTable;
  readonly delivering: Delivering;
  readonly replays: Pick<Replays, "holdsBack">;
};

/** Delivers a message to every confirmed subscription whose filter lets it pass. */
export function fanOut(options: Options, topic: Topic, message: Notification): void {
  const { trace, subscriptions, replays } = options;
  const fieldsOf = rememberFields();
  for (const subscription of subscriptions.ofTopic(topic.arn)) {
    if (subscription.status !== "confirmed") continue;
    const heldBack = replays.holdsBack(subscription);
    if (heldBack === undefined) {
      deliverTo(options, topic, subscription, message, fieldsOf);
    } else if (heldBack === "paused") {
      trace.record(message.event, topic.arn, subscription.endpoint, {
        kind: "filtered",
        reason: paused,
      });
    }
  }
}

const paused =
  "the subscription is paused: its ReplayPolicy has an EndingPoint, which has passed; a replay without one resumes it";

/** Delivers a message to a subscription if its filter lets it pass. */
export function deliverTo(
  { trace, delivering }: Pick<Options, "trace" | "delivering">,
  topic: Topic,
  subscription: Subscription,
  message: Notification,
  fieldsOf = rememberFields(),
): void {
  const { protocol, endpoint, filter } = subscription;
  const own = forProtocol(message, protocol);
  const judgement = filter && matchMessage(filter, fieldsOf(own));
  if (judgement === undefined || judgement.matches) {
    delivering.deliver(subscription, own);
  } else {
    trace.record(message.event, topic.arn, endpoint, {
      kind: "filtered",
      reason: judgement.reason(),
      ...(judgement.isElsewhere?.() === true && { isElsewhere: true }),
    });
  }
}

/** A message with `MessageStructure: json` has a text of its own for some protocols. */
function forProtocol(message: Notification, protocol: Protocol): Notification {
  const text = message.textByProtocol?.[protocol];
  return text === undefined ? message : { ...message, text };
}

/** Reads each text's fields once, however many filters ask. */
function rememberFields(): (message: Notification) => FieldsByScope {
  const known = new Map<string, FieldsByScope>();
  return ({ text, attributes }) => {
    const fields = known.get(text) ?? fieldsByScope({ body: text, attributes });
    known.set(text, fields);
    return fields;
  };
}
