import type { DatabaseSync } from "node:sqlite";
import { formatArn } from "../../../arn.ts";
import { transaction } from "../../../storage/store.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Archive } from "../archive/archive.ts";
import { type Permission, withoutPermission, withPermission } from "../attributes/accessPolicy.ts";
import { archiveRetention } from "../attributes/archivePolicy.ts";
import {
  checkTopicAttributes,
  describeTopic,
  maximumMessageSize,
  mergeTopicAttributes,
  policyOf,
} from "../attributes/topicAttributes.ts";
import { invalidParameterBecause, invalidState } from "../errors.ts";
import { checkLargeMessages } from "../subscribing/subscriptionLimits.ts";
import type { SubscriptionTable } from "../subscriptionTable.ts";
import { checkTopicName, type Topic, type TopicAttributes } from "../topic.ts";
import type { TopicTable } from "../topicTable.ts";
import { checkTags, type Tags } from "./tagRules.ts";

type Options = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly region: string;
  readonly topics: TopicTable;
  readonly subscriptions: SubscriptionTable;
  readonly archive: Archive;
};

/** Makes, changes and deletes topics. */
export class TopicAdministration {
  readonly #options: Options;

  constructor(options: Options) {
    this.#options = options;
  }

  /** https://docs.aws.amazon.com/sns/latest/api/API_CreateTopic.html */
  create(name: string, attributes: TopicAttributes, tags: Tags): Topic {
    const fifo = attributes.FifoTopic === "true";
    checkTopicName(name, fifo);
    checkTopicAttributes(attributes, fifo, "CreateTopic");
    checkTags(tags);
    const { topics, region } = this.#options;
    const arn = formatArn("sns", region, name);
    const wanted = { arn, name, fifo, attributes: mergeTopicAttributes({}, attributes), tags };
    const present = topics.find(arn);
    if (present === undefined) return this.#store(wanted);
    const attributesNow = { ...this.describe(present), ...present.attributes };
    if (!includes(attributesNow, wanted.attributes)) {
      throw invalidParameterBecause("Attributes", "Topic already exists with different attributes");
    }
    if (!includes(present.tags, tags)) {
      throw invalidParameterBecause("Tags", "Topic already exists with different tags");
    }
    return present;
  }

  /**
   * Makes a topic, or brings the one of that name to exactly these attributes and tags; only its policy
   * stays, which is set apart from them.
   */
  define(name: string, attributes: TopicAttributes, tags: Tags): Topic {
    const { topics, region } = this.#options;
    const present = topics.find(formatArn("sns", region, name));
    if (present === undefined) return this.create(name, attributes, tags);
    checkTopicAttributes(attributes, present.fifo, "CreateTopic");
    checkTags(tags);
    const { Policy = "" } = present.attributes;
    const wanted = mergeTopicAttributes({}, { Policy, ...attributes });
    return this.#save({ ...present, attributes: wanted, tags });
  }

  delete(arn: string): void {
    const { store, topics, subscriptions, archive } = this.#options;
    const topic = topics.find(arn);
    if (topic !== undefined && archiveRetention(topic) !== undefined) {
      throw invalidState("Cannot delete a topic with an ArchivePolicy");
    }
    transaction(store, () => {
      archive.remove(arn);
      for (const subscription of [...subscriptions.ofTopic(arn)])
        subscriptions.remove(subscription);
      topics.remove(arn);
    });
  }

  setAttributes(topic: Topic, changes: TopicAttributes): void {
    checkTopicAttributes(changes, topic.fifo, "SetTopicAttributes");
    this.#save({ ...topic, attributes: mergeTopicAttributes(topic.attributes, changes) });
  }

  describe(topic: Topic): TopicAttributes {
    const { topics, subscriptions, archive, clock } = this.#options;
    const beginning = archive.beginning(topic, clock.now());
    const statuses = [...subscriptions.ofTopic(topic.arn)].map(({ status }) => status);
    const described = describeTopic(topic, {
      confirmed: statuses.filter((status) => status === "confirmed").length,
      pending: statuses.filter((status) => status === "pending").length,
      deleted: topics.unsubscribed(topic.arn),
    });
    if (beginning === undefined) return described;
    return { ...described, BeginningArchiveTime: new Date(beginning).toISOString() };
  }

  addPermission(topic: Topic, permission: Permission): void {
    const Policy = withPermission(policyOf(topic), topic.arn, permission);
    this.setAttributes(topic, { Policy });
  }

  removePermission(topic: Topic, label: string): void {
    this.setAttributes(topic, { Policy: withoutPermission(policyOf(topic), label) });
  }

  tag(topic: Topic, added: Tags): void {
    checkTags(added, topic.tags);
    this.#options.topics.save({ ...topic, tags: { ...topic.tags, ...added } });
  }

  untag(topic: Topic, keys: readonly string[]): void {
    const kept = Object.entries(topic.tags).filter(([key]) => !keys.includes(key));
    this.#options.topics.save({ ...topic, tags: Object.fromEntries(kept) });
  }

  #save(changed: Topic): Topic {
    const protocols = [...this.#options.subscriptions.ofTopic(changed.arn)]
      .filter(({ status }) => status !== "unsubscribed")
      .map(({ protocol }) => protocol);
    checkLargeMessages(maximumMessageSize(changed), protocols);
    return this.#store(changed);
  }

  #store(topic: Topic): Topic {
    const { topics, archive, clock } = this.#options;
    archive.follow(topic, clock.now());
    return topics.save(topic);
  }
}

function includes(present: Tags, wanted: Tags): boolean {
  return Object.entries(wanted).every(([name, value]) => present[name] === value);
}
