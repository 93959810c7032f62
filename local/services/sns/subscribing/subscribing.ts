import { randomUUID } from "node:crypto";
import { notSupported } from "../../../protocol/awsError.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Archive } from "../archive/archive.ts";
import type { Replays } from "../archive/replays.ts";
import { readReplayPolicy } from "../attributes/replayPolicy.ts";
import {
  type AttributeCall,
  checkSubscriptionAttributes,
  mergeSubscriptionAttributes,
} from "../attributes/subscriptionAttributes.ts";
import type { Deliverers } from "../delivery.ts";
import { checkEndpoint } from "../endpoints.ts";
import { invalidParameterBecause } from "../errors.ts";
import type { Subscription, SubscriptionAttributes } from "../subscription.ts";
import type { SubscriptionTable } from "../subscriptionTable.ts";
import type { Topic } from "../topic.ts";
import type { Confirmations } from "./confirmations.ts";
import { checkFilterPolicies, checkRoom } from "./subscriptionLimits.ts";

type Options = {
  readonly clock: Clock;
  readonly archive: Archive;
  readonly replays: Replays;
  readonly subscriptions: SubscriptionTable;
  readonly deliverers: Deliverers;
  readonly confirmations: Confirmations;
};

export type NewSubscription = {
  readonly protocol: string;
  readonly endpoint: string;
  readonly attributes: SubscriptionAttributes;
  /** ARN of who subscribes. */
  readonly by: string;
};

/** Makes subscriptions and changes their attributes. */
export class Subscribing {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /**
   * An endpoint subscribes once: the same call again returns the same subscription, and asks a pending
   * one to confirm again.
   *
   * https://docs.aws.amazon.com/sns/latest/api/API_Subscribe.html
   */
  subscribe(topic: Topic, wanted: NewSubscription): Subscription {
    const { endpoint } = wanted;
    const protocol = checkEndpoint(wanted.protocol, endpoint, topic);
    const deliverer = this.#options.deliverers[protocol];
    if (deliverer === undefined) throw notSupported(`the protocol ${protocol}`);
    deliverer.check?.(endpoint);
    this.#check(wanted.attributes, {}, { protocol, endpoint }, topic, "Subscribe");
    const attributes = mergeSubscriptionAttributes({}, wanted.attributes);
    if (protocol === "firehose" && attributes.SubscriptionRoleArn === undefined) {
      throw invalidParameterBecause("Attributes", "SubscriptionRoleArn: no value for firehose");
    }
    const present = this.#present(topic);
    const same = present.find(
      (other) => other.protocol === protocol && other.endpoint === endpoint,
    );
    if (same !== undefined) return this.#again(same, attributes);
    checkRoom(topic, present, { protocol, filtered: attributes.FilterPolicy !== undefined });
    const mustConfirm = deliverer.confirm !== undefined;
    const subscription = this.#options.subscriptions.save({
      arn: `${topic.arn}:${randomUUID()}`,
      topicArn: topic.arn,
      protocol,
      endpoint,
      attributes,
      status: mustConfirm ? "pending" : "confirmed",
      subscribedBy: wanted.by,
      confirmedBySignature: !mustConfirm,
      authenticateOnUnsubscribe: false,
    });
    this.#replay(subscription.arn, attributes.ReplayPolicy);
    return mustConfirm ? this.#options.confirmations.request(subscription) : subscription;
  }

  setAttributes(topic: Topic, subscription: Subscription, changes: SubscriptionAttributes): void {
    const call = "SetSubscriptionAttributes";
    this.#check(changes, subscription.attributes, subscription, topic, call);
    if (changes.FilterPolicy && subscription.filter === undefined) {
      checkFilterPolicies(topic, this.#present(topic));
    }
    const attributes = mergeSubscriptionAttributes(subscription.attributes, changes);
    this.#options.subscriptions.save({ ...subscription, attributes });
    this.#replay(subscription.arn, changes.ReplayPolicy);
  }

  #check(
    changes: SubscriptionAttributes,
    present: SubscriptionAttributes,
    target: Pick<Subscription, "protocol" | "endpoint">,
    topic: Topic,
    call: AttributeCall,
  ): void {
    const { archive, clock } = this.#options;
    const archiveBeginning = archive.beginning(topic, clock.now());
    checkSubscriptionAttributes(changes, present, target, { topic, archiveBeginning }, call);
  }

  /** @param policy undefined leaves the subscription as it is */
  #replay(subscriptionArn: string, policy: string | undefined): void {
    if (policy === undefined) return;
    const { replays } = this.#options;
    const read = policy === "" ? undefined : readReplayPolicy(policy);
    if (read === undefined) replays.end(subscriptionArn);
    else replays.start(subscriptionArn, read);
  }

  #again(same: Subscription, attributes: SubscriptionAttributes): Subscription {
    const present = { ...defaults, ...same.attributes };
    const differs = Object.entries(attributes).some(([name, value]) => present[name] !== value);
    if (differs) {
      throw invalidParameterBecause(
        "Attributes",
        "Subscription already exists with different attributes",
      );
    }
    return same.status === "pending" ? this.#options.confirmations.request(same) : same;
  }

  #present(topic: Topic): Subscription[] {
    return [...this.#options.subscriptions.ofTopic(topic.arn)].filter(
      ({ status }) => status !== "unsubscribed",
    );
  }
}

const defaults: SubscriptionAttributes = {
  RawMessageDelivery: "false",
  FilterPolicyScope: "MessageAttributes",
};
