import type { DatabaseSync } from "node:sqlite";
import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import type { Authorize } from "../../protocol/access.ts";
import type { Activity } from "../../time/activity.ts";
import type { Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import { Archive } from "./archive/archive.ts";
import { Replays } from "./archive/replays.ts";
import type { Permission } from "./attributes/accessPolicy.ts";
import { describeSubscription } from "./attributes/subscriptionAttributes.ts";
import { policyOf } from "./attributes/topicAttributes.ts";
import { TopicAdministration } from "./definition/topicAdministration.ts";
import { Delivering } from "./delivering/delivering.ts";
import { deliverTo, fanOut } from "./delivering/fanOut.ts";
import { MessageSigner } from "./delivering/messageSigner.ts";
import type { Deliverers } from "./delivery.ts";
import type { Publication, Published } from "./interface.ts";
import { Publishing } from "./publishing/publishing.ts";
import { Confirmations, type ConfirmOptions } from "./subscribing/confirmations.ts";
import { Subscribing } from "./subscribing/subscribing.ts";
import type { Subscription, SubscriptionAttributes } from "./subscription.ts";
import { SubscriptionTable } from "./subscriptionTable.ts";
import { checkArn, checkSubscriptionArn, type Topic, type TopicAttributes } from "./topic.ts";
import { TopicTable } from "./topicTable.ts";

export type TopicsOptions = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly trace: Trace;
  /** Counts the deliveries that are under way. */
  readonly activity: Activity;
  readonly region: string;
  /** The local endpoint's URL, for the links in messages to confirm and to unsubscribe. */
  readonly endpoint: () => string;
  readonly authorize: Authorize;
  readonly deliverers: Deliverers;
};

/** All topics of the cloud, their subscriptions, and what is on its way to them: SNS. */
export class Topics {
  /** Of all messages, by a key of this run. */
  readonly signer: MessageSigner;
  readonly #region: string;
  readonly #topics: TopicTable;
  readonly #subscriptions: SubscriptionTable;
  readonly #administration: TopicAdministration;
  readonly #subscribing: Subscribing;
  readonly #confirmations: Confirmations;
  readonly #publishing: Publishing;
  readonly #delivering: Delivering;
  readonly #replays: Replays;

  constructor(options: TopicsOptions) {
    const topics = new TopicTable(options.store);
    const subscriptions = new SubscriptionTable(options.store);
    const signer = new MessageSigner(options.endpoint);
    const delivering = new Delivering({ ...options, topics, subscriptions, signer });
    const archive = new Archive(options.store);
    const replays = new Replays({
      ...options,
      topics,
      subscriptions,
      archive,
      deliver: (topic, subscription, message) =>
        deliverTo({ trace: options.trace, delivering }, topic, subscription, message),
    });
    const confirmations = new Confirmations({ ...options, topics, subscriptions, delivering });
    this.signer = signer;
    this.#region = options.region;
    this.#topics = topics;
    this.#subscriptions = subscriptions;
    this.#confirmations = confirmations;
    this.#delivering = delivering;
    this.#replays = replays;
    this.#subscribing = new Subscribing({
      ...options,
      subscriptions,
      confirmations,
      archive,
      replays,
    });
    this.#administration = new TopicAdministration({ ...options, topics, subscriptions, archive });
    this.#publishing = new Publishing({
      ...options,
      topics,
      fanOut: (topic, message) => {
        archive.add(topic, message);
        fanOut({ trace: options.trace, subscriptions, delivering, replays }, topic, message);
      },
    });
  }

  /** Gives the topic of that name if it is there with these attributes and tags. */
  create(
    name: string,
    attributes: TopicAttributes = {},
    tags: Readonly<Record<string, string>> = {},
  ): Topic {
    return this.#administration.create(name, attributes, tags);
  }

  /** Makes a topic, or brings the one of that name to exactly these attributes and tags; its policy stays. */
  define(name: string, attributes: TopicAttributes, tags: Readonly<Record<string, string>>): Topic {
    return this.#administration.define(name, attributes, tags);
  }

  /** Deletes its subscriptions, too. A topic that does not exist is deleted already. */
  delete(arn: string): void {
    checkArn("TopicArn", arn, this.#region);
    this.#administration.delete(arn);
    this.#publishing.forget(arn);
  }

  /** @throws InvalidParameter for what is no ARN of a topic in this region, NotFound */
  get(arn: string): Topic {
    checkArn("TopicArn", arn, this.#region);
    return this.#topics.get(arn);
  }

  find(arn: string): Topic | undefined {
    return this.#topics.find(arn);
  }

  /** All topics, by name. */
  list(): Topic[] {
    return this.#topics.list();
  }

  /** An empty value removes an attribute. */
  setAttributes(arn: string, changes: TopicAttributes): void {
    this.#administration.setAttributes(this.get(arn), changes);
  }

  /** All attributes, as `GetTopicAttributes` returns them. */
  attributes(arn: string): TopicAttributes {
    return this.#administration.describe(this.get(arn));
  }

  /** The topic's policy, its own or the default; undefined when there is no such topic. */
  policy(arn: string): string | undefined {
    const topic = this.find(arn);
    return topic && policyOf(topic);
  }

  addPermission(arn: string, permission: Permission): void {
    this.#administration.addPermission(this.get(arn), permission);
  }

  removePermission(arn: string, label: string): void {
    this.#administration.removePermission(this.get(arn), label);
  }

  tag(arn: string, tags: Readonly<Record<string, string>>): void {
    this.#administration.tag(this.get(arn), tags);
  }

  untag(arn: string, keys: readonly string[]): void {
    this.#administration.untag(this.get(arn), keys);
  }

  /** @param by ARN of who subscribes. @default the account's owner */
  subscribe(
    topicArn: string,
    protocol: string,
    endpoint: string,
    attributes: SubscriptionAttributes = {},
    by = accountRootArn(account),
  ): Subscription {
    const wanted = { protocol, endpoint, attributes, by };
    return this.#subscribing.subscribe(this.get(topicArn), wanted);
  }

  /**
   * @param signed false for an unsigned call, whose endpoint must confirm. @default true
   */
  unsubscribe(subscriptionArn: string, options?: { signed?: boolean }): void {
    checkSubscriptionArn(subscriptionArn, this.#region);
    this.#confirmations.unsubscribe(subscriptionArn, options);
  }

  /** @throws InvalidParameter for what is no ARN of a subscription, NotFound */
  subscription(arn: string): Subscription {
    checkSubscriptionArn(arn, this.#region);
    return this.#subscriptions.get(arn);
  }

  /** A topic's subscriptions, or all, in the order of creation, without the unsubscribed. */
  subscriptions(topicArn?: string): Subscription[] {
    const topics = topicArn === undefined ? this.list() : [this.get(topicArn)];
    return topics
      .flatMap(({ arn }) => [...this.#subscriptions.ofTopic(arn)])
      .filter(({ status }) => status !== "unsubscribed");
  }

  /** All attributes, as `GetSubscriptionAttributes` returns them. */
  subscriptionAttributes(arn: string): SubscriptionAttributes {
    const subscription = this.subscription(arn);
    const status = this.#replays.status(arn);
    return {
      ...describeSubscription(subscription, this.#topics.get(subscription.topicArn)),
      ...(status !== undefined && { ReplayStatus: status }),
    };
  }

  /** An empty value removes an attribute. */
  setSubscriptionAttributes(arn: string, changes: SubscriptionAttributes): void {
    const subscription = this.subscription(arn);
    const topic = this.#topics.get(subscription.topicArn);
    this.#subscribing.setAttributes(topic, subscription, changes);
  }

  confirm(topicArn: string, token: string, options?: ConfirmOptions): Subscription {
    return this.#confirmations.confirm(topicArn, token, options);
  }

  /** @throws AuthorizationError, KMSAccessDenied, InvalidParameter, ParameterValueInvalid, NotFound */
  publish(topicArn: string, publication: Publication): Published {
    return this.#publishing.publish(this.get(topicArn), publication);
  }

  /** All of the messages or none, 1 to 10; throws like `publish`. */
  publishBatch(
    topicArn: string,
    entries: readonly (Publication & { readonly id: string })[],
  ): (Published & { readonly id: string })[] {
    return this.#publishing.publishBatch(this.get(topicArn), entries);
  }

  /** Leaves what is under way to the next run, so that the store can be closed. */
  close(): void {
    this.#delivering.close();
  }
}
