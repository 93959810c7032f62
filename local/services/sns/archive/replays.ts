import type { DatabaseSync } from "node:sqlite";
import { transaction } from "../../../storage/store.ts";
import type { Clock } from "../../../time/clock.ts";
import { archiveRetention } from "../attributes/archivePolicy.ts";
import type { ReplayPolicy } from "../attributes/replayPolicy.ts";
import type { Notification } from "../delivery.ts";
import type { Subscription } from "../subscription.ts";
import type { SubscriptionTable } from "../subscriptionTable.ts";
import type { Topic } from "../topic.ts";
import type { TopicTable } from "../topicTable.ts";
import type { Archive } from "./archive.ts";
import { type Replay, ReplayTable } from "./replayTable.ts";

/** Messages that are replayed at once, and the pause after them. */
const batchSize = 100;
const pauseMilliseconds = 100;

type Options = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly topics: TopicTable;
  readonly subscriptions: SubscriptionTable;
  readonly archive: Archive;
  /** Brings a message to one subscription if its filter lets it pass. */
  readonly deliver: (topic: Topic, subscription: Subscription, message: Notification) => void;
};

/**
 * Delivers archived messages to subscriptions again. A replay without an ending point goes on with the messages
 * that are published meanwhile, and leaves a regular subscription. One with an ending point leaves a subscription
 * that receives nothing, until another replay begins.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/message-archiving-and-replay-subscriber.html
 */
export class Replays {
  readonly #options: Options;
  readonly #replays: ReplayTable;

  constructor(options: Options) {
    this.#options = options;
    this.#replays = new ReplayTable(options.store);
    for (const replay of this.#replays.list()) if (isUnderWay(replay)) this.#schedule(replay, 0);
  }

  /** Replaces the subscription's former replay. */
  start(subscriptionArn: string, policy: ReplayPolicy): void {
    const replay: Replay = { ...policy, subscriptionArn, position: 0, status: "pending" };
    this.#replays.save(replay);
    this.#schedule(replay, 0);
  }

  /** Ends the replay: new messages are delivered, the rest of the archive is not. */
  end(subscriptionArn: string): void {
    this.#replays.remove(subscriptionArn);
  }

  /** Why a message that is published now is not delivered to the subscription as usual; undefined if it is. */
  holdsBack({ arn }: Subscription): "replayed" | "paused" | undefined {
    const replay = this.#replays.find(arn);
    if (replay === undefined || replay.status === "failed") return undefined;
    if (isUnderWay(replay)) return "replayed";
    const { endingPoint } = replay;
    return endingPoint !== undefined && this.#options.clock.now() > endingPoint
      ? "paused"
      : undefined;
  }

  /** In the words of SNS; undefined without a replay. */
  status(subscriptionArn: string): string | undefined {
    const replay = this.#replays.find(subscriptionArn);
    if (replay === undefined) return undefined;
    const { status, endingPoint = 0 } = replay;
    if (status === "pending") return "Pending";
    if (status === "failed") return "Failed";
    const isOver = status === "caughtUp" && this.#options.clock.now() >= endingPoint;
    return isOver ? "Completed" : "In progress";
  }

  #schedule({ subscriptionArn }: Replay, delay: number): void {
    const { clock } = this.#options;
    clock.at(clock.now() + delay, () => this.#continue(subscriptionArn));
  }

  #continue(subscriptionArn: string): void {
    const { store, topics, subscriptions } = this.#options;
    const replay = this.#replays.find(subscriptionArn);
    const subscription = subscriptions.find(subscriptionArn);
    if (subscription === undefined) this.#replays.remove(subscriptionArn);
    if (subscription === undefined || replay === undefined || !isUnderWay(replay)) return;
    const topic = topics.get(subscription.topicArn);
    const next = transaction(store, () => this.#replayBatch(topic, subscription, replay));
    if (isUnderWay(next)) this.#schedule(next, pauseMilliseconds);
  }

  #replayBatch(topic: Topic, subscription: Subscription, replay: Replay): Replay {
    const { archive, deliver } = this.#options;
    if (archiveRetention(topic) === undefined) return this.#save({ ...replay, status: "failed" });
    const { startingPoint: from, endingPoint: to = Number.MAX_SAFE_INTEGER } = replay;
    const messages = archive.after(topic.arn, replay.position, { from, to }, batchSize);
    for (const { message } of messages) {
      deliver(topic, subscription, { ...message, replayed: true });
    }
    const position = messages.at(-1)?.id ?? replay.position;
    const status = messages.length < batchSize ? "caughtUp" : "inProgress";
    return this.#save({ ...replay, position, status });
  }

  #save(replay: Replay): Replay {
    this.#replays.save(replay);
    return replay;
  }
}

function isUnderWay({ status }: Replay): boolean {
  return status === "pending" || status === "inProgress";
}
