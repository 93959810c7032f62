import { createHash, randomUUID } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import type { Authorize } from "../../../protocol/access.ts";
import { transaction } from "../../../storage/store.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Step } from "../../../trace/hop.ts";
import type { Trace } from "../../../trace/trace.ts";
import { maximumMessageSize } from "../attributes/topicAttributes.ts";
import type { Notification } from "../delivery.ts";
import { invalidParameter } from "../errors.ts";
import type { Publication, Published } from "../interface.ts";
import type { Topic } from "../topic.ts";
import type { TopicTable } from "../topicTable.ts";
import { checkBatchIds, checkBatchSize } from "./batchRules.ts";
import { Deduplication, type Scope } from "./deduplication.ts";
import {
  checkMessage,
  checkOrdering,
  messageSize,
  readMessageStructure,
} from "./publicationRules.ts";
import { checkPublishAccess } from "./publishAccess.ts";

export type PublishingOptions = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly authorize: Authorize;
  readonly topics: TopicTable;
  /** Archives an accepted message where its topic has an archive, and brings it to the subscriptions. */
  readonly fanOut: (topic: Topic, message: Notification) => void;
};

/** Accepts messages: validates them, assigns their ids, and drops the duplicates of FIFO topics. */
export class Publishing {
  readonly #options: PublishingOptions;
  readonly #deduplication: Deduplication;

  constructor(options: PublishingOptions) {
    this.#options = options;
    this.#deduplication = new Deduplication(options.store);
  }

  publish(topic: Topic, publication: Publication): Published {
    this.#check(topic, publication);
    if (messageSize(publication) > maximumMessageSize(topic)) {
      throw invalidParameter("Message too long");
    }
    return transaction(this.#options.store, () => this.#accept(topic, publication));
  }

  /** All of them or none: SNS rejects a whole batch because of one invalid message. */
  publishBatch<Entry extends Publication & { readonly id: string }>(
    topic: Topic,
    entries: readonly Entry[],
  ): (Published & { readonly id: string })[] {
    checkBatchIds(entries.map(({ id }) => id));
    for (const entry of entries) this.#check(topic, entry);
    checkBatchSize(entries.map(messageSize), maximumMessageSize(topic));
    return transaction(this.#options.store, () =>
      entries.map((entry) => ({ id: entry.id, ...this.#accept(topic, entry) })),
    );
  }

  /** To be called when a topic is deleted. */
  forget(topicArn: string): void {
    this.#deduplication.removeAll(topicArn);
  }

  #check(topic: Topic, publication: Publication): void {
    try {
      checkPublishAccess(this.#options.authorize, topic, publication);
    } catch (error) {
      const reason = error instanceof Error ? error.message : String(error);
      const event = publication.event ?? randomUUID();
      this.#record(topic, publication, event, { kind: "denied", reason });
      throw error;
    }
    checkMessage(publication);
    if (publication.messageStructure === "json") readMessageStructure(publication.message);
    checkOrdering(topic, publication);
  }

  #accept(topic: Topic, publication: Publication): Published {
    const messageId = randomUUID();
    const event = publication.event ?? messageId;
    if (!topic.fifo) {
      this.#send(topic, publication, { messageId, event });
      return { messageId };
    }
    const deduplicationId = publication.deduplicationId ?? sha256(publication.message);
    const scope = scopeOf(topic, publication);
    const now = this.#options.clock.now();
    const original = this.#deduplication.find(scope, deduplicationId, now);
    if (original !== undefined) {
      const step: Step = { kind: "deduplicated", messageId: original.messageId };
      this.#record(topic, publication, event, step);
      return original;
    }
    const sequence = this.#options.topics.nextSequence(topic.arn);
    const published = { messageId, sequenceNumber: sequenceNumber(sequence) };
    this.#deduplication.add(scope, deduplicationId, published, now);
    this.#send(topic, publication, { ...published, event, deduplicationId });
    return published;
  }

  #send(
    topic: Topic,
    publication: Publication,
    ids: Pick<Notification, "messageId" | "sequenceNumber" | "deduplicationId" | "event">,
  ): void {
    const { message, messageStructure, attributes = {}, groupId, traceHeader } = publication;
    const texts = messageStructure === "json" ? readMessageStructure(message) : undefined;
    this.#record(topic, publication, ids.event, {
      kind: "published",
      messageId: ids.messageId,
      body: message,
      ...(Object.keys(attributes).length > 0 && { attributes }),
      ...(groupId !== undefined && { groupId }),
      ...(traceHeader !== undefined && { traceHeader }),
    });
    this.#options.fanOut(topic, {
      ...ids,
      type: "Notification",
      timestamp: this.#options.clock.now(),
      text: texts?.default ?? message,
      textByProtocol: texts,
      subject: publication.subject,
      attributes,
      groupId,
      traceHeader,
    });
  }

  #record(topic: Topic, publication: Publication, event: string, step: Step): void {
    this.#options.trace.record(event, publication.from, topic.arn, step);
  }
}

function scopeOf(topic: Topic, { groupId }: Publication): Scope {
  const perGroup = topic.attributes.FifoThroughputScope === "MessageGroup";
  return { topicArn: topic.arn, ...(perGroup && { groupId }) };
}

function sha256(text: string): string {
  return createHash("sha256").update(text).digest("hex");
}

/** Sequence numbers have 20 digits and are not consecutive, as on AWS. */
const first = 10_000_000_000_000_000_000n;
const step = 1000n;

/** The sequence number of a message of a FIFO topic, by its place in the order of publishing. */
function sequenceNumber(sequence: number): string {
  return String(first + BigInt(sequence) * step);
}
