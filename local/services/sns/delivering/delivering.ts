import type { DatabaseSync } from "node:sqlite";
import { AwsError } from "../../../protocol/awsError.ts";
import { transaction } from "../../../storage/store.ts";
import type { Activity } from "../../../time/activity.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import { retriesOf, throttleOf } from "../attributes/deliveryPolicy.ts";
import { retryDelay } from "../attributes/retryPolicy.ts";
import type { Confirmation, Deliverer, Deliverers, Delivery, Notification } from "../delivery.ts";
import { unsubscribeUrl } from "../endpoints.ts";
import type { Subscription } from "../subscription.ts";
import type { SubscriptionTable } from "../subscriptionTable.ts";
import type { TopicTable } from "../topicTable.ts";
import { concludeFailedDelivery } from "./failedDelivery.ts";
import type { MessageSigner } from "./messageSigner.ts";
import { PendingDeliveries, type PendingDelivery } from "./pendingDeliveries.ts";
import { Throttle } from "./throttle.ts";

export type DeliveringOptions = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly activity: Activity;
  /** The local endpoint's URL, for links in messages. */
  readonly endpoint: () => string;
  readonly topics: TopicTable;
  readonly subscriptions: SubscriptionTable;
  readonly deliverers: Deliverers;
  readonly signer: MessageSigner;
};

type Message = Notification | Confirmation;

/** How often a delivery was tried again, and its place among the pending ones once it has one. */
type Attempt = { readonly id?: number; readonly retries: number };

/** How long a message waits for an older one of its group that is under way. */
const lookAgainMilliseconds = 1000;

/**
 * Brings messages to subscriptions: tries again after server errors, and hands to the dead-letter
 * queue what cannot be delivered. Whatever waits or is under way is in the store.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-message-delivery-retries.html
 */
export class Delivering {
  readonly #options: DeliveringOptions;
  readonly #pending: PendingDeliveries;
  readonly #underWay = new Set<number>();
  readonly #throttle = new Throttle();
  #closed = false;

  constructor(options: DeliveringOptions) {
    this.#options = options;
    this.#pending = new PendingDeliveries(options.store);
    for (const { id, due } of this.#pending.list()) this.#schedule(id, due);
  }

  /**
   * The first attempt is immediate, unless an older message of the same FIFO group is still waiting, or the
   * endpoint has got as many as its delivery policy allows in a second.
   */
  deliver(subscription: Subscription, message: Message): void {
    const blocker = this.#pending.blocker(subscription.arn, message);
    if (blocker !== undefined) {
      this.#wait(subscription, message, this.#after(blocker));
      return;
    }
    const delivery = this.#delivery(subscription, message);
    const now = this.#options.clock.now();
    const due = this.#throttled(delivery, now);
    if (due > now) this.#wait(subscription, message, due);
    else this.#try(delivery, { retries: 0 });
  }

  /** Whether the protocol's endpoints must confirm their subscriptions. */
  needsConfirmation({ protocol }: Pick<Subscription, "protocol">): boolean {
    return this.#options.deliverers[protocol]?.confirm !== undefined;
  }

  /** Leaves what is under way to the next run, so that the store can be closed. */
  close(): void {
    this.#closed = true;
  }

  #delivery(subscription: Subscription, message: Message): Delivery<Message> {
    const { topics, endpoint, signer } = this.#options;
    return {
      topic: topics.get(subscription.topicArn),
      subscription,
      message,
      unsubscribeUrl: unsubscribeUrl(endpoint(), subscription.arn),
      signer,
    };
  }

  #wait({ arn: subscriptionArn }: Subscription, message: Message, due: number): void {
    const { id } = this.#pending.add({ subscriptionArn, message, retries: 0, due });
    this.#schedule(id, due);
  }

  /** When the endpoint's delivery policy lets a delivery be made that is wanted at a time. */
  #throttled(delivery: Delivery<Message>, wanted: number): number {
    const perSecond = throttleOf(delivery);
    if (perSecond === undefined) return wanted;
    const now = this.#options.clock.now();
    return this.#throttle.reserve(delivery.subscription.arn, perSecond, wanted, now);
  }

  #schedule(id: number, due: number): void {
    this.#options.clock.at(due, () => this.#resume(id));
  }

  #resume(id: number): void {
    const pending = this.#pending.find(id);
    if (pending === undefined) return;
    const { message, retries } = pending;
    const subscription = this.#options.subscriptions.find(pending.subscriptionArn);
    if (!isWanted(subscription, message)) {
      this.#pending.remove(id);
      return;
    }
    const blocker = this.#pending.blocker(subscription.arn, message, id);
    if (blocker === undefined) {
      this.#try(this.#delivery(subscription, message), { id, retries });
    } else {
      const due = this.#after(blocker);
      this.#pending.retryAt(id, retries, due);
      this.#schedule(id, due);
    }
  }

  /** When a delivery has its turn that comes after another: the next time that one is tried, or later. */
  #after({ id, due }: PendingDelivery): number {
    return this.#underWay.has(id) ? this.#options.clock.now() + lookAgainMilliseconds : due;
  }

  #try(delivery: Delivery<Message>, attempt: Attempt): void {
    const deliverer = this.#delivererOf(delivery.subscription);
    try {
      const underWay = handOver(deliverer, delivery);
      if (underWay === undefined) this.#succeeded(deliverer, delivery, attempt);
      else this.#await(deliverer, delivery, attempt, underWay);
    } catch (error) {
      this.#failed(delivery, attempt, error);
    }
  }

  #delivererOf({ protocol, arn }: Subscription): Deliverer {
    const deliverer = this.#options.deliverers[protocol];
    if (deliverer === undefined) {
      throw new Error(
        `The subscription ${arn} has the protocol ${protocol}, which has no deliverer.`,
      );
    }
    return deliverer;
  }

  /** In the store meanwhile, so that a killed process does not lose it. */
  #await(
    deliverer: Deliverer,
    delivery: Delivery<Message>,
    { id, retries }: Attempt,
    underWay: Promise<void>,
  ): void {
    const { clock, activity } = this.#options;
    const { subscription, message } = delivery;
    const subscriptionArn = subscription.arn;
    const pending = { subscriptionArn, message, retries, due: clock.now() };
    const attempt = { id: id ?? this.#pending.add(pending).id, retries };
    this.#underWay.add(attempt.id);
    const end = activity.begin();
    const settle = (record: () => void) => {
      this.#underWay.delete(attempt.id);
      if (!this.#closed) record();
    };
    void underWay
      .then(
        () => settle(() => this.#succeeded(deliverer, delivery, attempt)),
        (error) => settle(() => this.#failed(delivery, attempt, error)),
      )
      .finally(end);
  }

  #succeeded(deliverer: Deliverer, delivery: Delivery<Message>, { id }: Attempt): void {
    if (id !== undefined) this.#pending.remove(id);
    const summary = deliverer.summary?.(delivery);
    if (summary !== undefined) this.#record(delivery, { kind: "sent", summary });
  }

  #failed(delivery: Delivery<Message>, attempt: Attempt, error: unknown): void {
    if (!(error instanceof AwsError)) throw error;
    const retries = attempt.retries + 1;
    const delay = error.status < 500 ? undefined : retryDelay(retriesOf(delivery), retries);
    if (delay === undefined) this.#giveUp(delivery, attempt, error);
    else this.#tryAgain(delivery, { ...attempt, retries }, error, delay);
  }

  #tryAgain(
    delivery: Delivery<Message>,
    { id, retries }: Attempt,
    error: AwsError,
    delaySeconds: number,
  ): void {
    const wanted = this.#options.clock.now() + Math.round(delaySeconds * 1000);
    const due = this.#throttled(delivery, wanted);
    const { subscription, message } = delivery;
    if (id === undefined) {
      const pending = { subscriptionArn: subscription.arn, message, retries, due };
      this.#schedule(this.#pending.add(pending).id, due);
    } else {
      this.#pending.retryAt(id, retries, due);
      this.#schedule(id, due);
    }
    this.#record(delivery, { kind: "retrying", reason: error.message, at: due });
  }

  #giveUp(delivery: Delivery<Message>, { id, retries }: Attempt, error: AwsError): void {
    transaction(this.#options.store, () => {
      if (id !== undefined) this.#pending.remove(id);
      concludeFailedDelivery(this.#options, delivery, retries, error);
    });
  }

  #record({ topic, subscription, message }: Delivery<Message>, step: Step): void {
    this.#options.trace.record(message.event, topic.arn, subscription.endpoint, step);
  }
}

/** Discards what was waiting for a deleted subscription. */
function isWanted(
  subscription: Subscription | undefined,
  message: Message,
): subscription is Subscription {
  if (subscription === undefined) return false;
  return message.type !== "Notification" || subscription.status === "confirmed";
}

function handOver(deliverer: Deliverer, delivery: Delivery<Message>): void | Promise<void> {
  const { message } = delivery;
  return message.type === "Notification"
    ? deliverer.deliver({ ...delivery, message })
    : deliverer.confirm?.({ ...delivery, message });
}
