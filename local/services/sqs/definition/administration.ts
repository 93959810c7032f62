import type { Clock } from "../../../time/clock.ts";
import {
  invalidValue,
  purgeQueueInProgress,
  queueDeletedRecently,
  queueNameExists,
  unknownAttribute,
} from "../errors.ts";
import type { Inspection } from "../inspection.ts";
import { checkQueueName, type Definition } from "../queue.ts";
import { changeAttributes } from "./attributeRules.ts";
import type { QueueAttributes } from "./attributes.ts";
import type { Definitions } from "./definitions.ts";
import { parseRedrivePolicy, takesDeadLettersFrom } from "./redrivePolicy.ts";
import { checkTags } from "./tagRules.ts";

/** How long a name, and a purged queue, has to rest. */
const rest = 60_000;

type Parts = {
  readonly clock: Clock;
  readonly definitions: Definitions;
  readonly inspection: Inspection;
};

/** Makes and changes the definitions of queues, by AWS's rules. */
export class Administration {
  readonly #parts: Parts;

  constructor(parts: Parts) {
    this.#parts = parts;
  }

  /** Creates a queue, or returns the one of that name if it has these attributes. */
  create(
    name: string,
    attributes: QueueAttributes,
    tags: Readonly<Record<string, string>>,
  ): Definition {
    const { definitions, clock } = this.#parts;
    const { fifo, set } = checked(name, attributes);
    checkTags(name, tags);
    const existing = definitions.find(definitions.arnOf(name));
    if (existing !== undefined) {
      checkSame(existing, set);
      return existing;
    }
    const deletedAt = definitions.deletedAt(name);
    if (deletedAt !== undefined && clock.now() < deletedAt + rest) throw queueDeletedRecently();
    this.#checkRedrive(definitions.arnOf(name), fifo, set);
    return definitions.add(name, set, tags, clock.now());
  }

  /**
   * Makes a queue, or brings the one of that name to exactly these attributes and tags. Its name need
   * not rest after a deletion: who defines queues rather than calling AWS waits for that himself.
   */
  define(
    name: string,
    attributes: QueueAttributes,
    tags: Readonly<Record<string, string>>,
  ): Definition {
    const { definitions, clock } = this.#parts;
    const { fifo, set } = checked(name, attributes);
    checkTags(name, tags);
    const arn = definitions.arnOf(name);
    this.#checkRedrive(arn, fifo, set);
    const existing = definitions.find(arn);
    return existing === undefined
      ? definitions.add(name, set, tags, clock.now())
      : definitions.change(existing, { set, tags, modifiedAt: clock.now() });
  }

  setAttributes(queue: Definition, changes: QueueAttributes): Definition {
    const set = changeAttributes(queue.set, changes, queue.fifo);
    if (changes.RedrivePolicy !== undefined) this.#checkRedrive(queue.arn, queue.fifo, set);
    const modifiedAt = this.#parts.clock.now();
    return this.#parts.definitions.change(queue, { set, modifiedAt });
  }

  /** The named attributes, those that can be set and those that SQS works out; `All` for all. */
  attributes(queue: Definition, names: readonly string[]): QueueAttributes {
    const all = { ...queue.attributes, ...this.#workedOut(queue) };
    for (const name of names) {
      if (name !== "All" && !known.has(name)) throw unknownAttribute(name);
    }
    if (names.includes("All")) return all;
    return Object.fromEntries(Object.entries(all).filter(([name]) => names.includes(name)));
  }

  tag(queue: Definition, tags: Readonly<Record<string, string>>): void {
    checkTags(queue.name, tags, queue.tags);
    this.#parts.definitions.change(queue, { tags: { ...queue.tags, ...tags } });
  }

  untag(queue: Definition, keys: readonly string[]): void {
    const kept = Object.entries(queue.tags).filter(([key]) => !keys.includes(key));
    this.#parts.definitions.change(queue, { tags: Object.fromEntries(kept) });
  }

  /** Notes that the queue is purged now; the caller removes the messages. */
  beginPurge(queue: Definition): void {
    const { definitions, clock } = this.#parts;
    const { purgedAt } = queue;
    if (purgedAt !== undefined && clock.now() < purgedAt + rest) {
      throw purgeQueueInProgress(queue.name);
    }
    definitions.change(queue, { purgedAt: clock.now() });
  }

  #workedOut(queue: Definition): QueueAttributes {
    const { visible, inFlight, delayed } = this.#parts.inspection.counts(queue);
    return {
      ApproximateNumberOfMessages: String(visible),
      ApproximateNumberOfMessagesDelayed: String(delayed),
      ApproximateNumberOfMessagesNotVisible: String(inFlight),
      CreatedTimestamp: String(Math.floor(queue.createdAt / 1000)),
      LastModifiedTimestamp: String(Math.floor(queue.modifiedAt / 1000)),
      QueueArn: queue.arn,
    };
  }

  /** Refuses a redrive policy whose dead-letter queue is missing, of another type, or does not allow it. */
  #checkRedrive(arn: string, fifo: boolean, set: QueueAttributes): void {
    const { RedrivePolicy: text } = set;
    if (text === undefined) return;
    const { deadLetterTargetArn: targetArn } = parseRedrivePolicy(text);
    const refuse = (reason: string) => invalidValue(text, "RedrivePolicy", reason);
    const target = this.#parts.definitions.find(targetArn);
    if (targetArn.endsWith(".fifo") !== fifo) {
      throw refuse("Dead-letter queue must be same type of queue as the source..");
    }
    if (target === undefined) throw refuse("Dead letter target does not exist.");
    if (!takesDeadLettersFrom(target.settings.redriveAllowPolicy, arn)) {
      throw refuse(
        `The redrive allow policy of the dead-letter queue does not permit ${arn} to use it.`,
      );
    }
  }
}

/** https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_GetQueueAttributes.html */
const known = new Set([
  "ApproximateNumberOfMessages",
  "ApproximateNumberOfMessagesDelayed",
  "ApproximateNumberOfMessagesNotVisible",
  "ContentBasedDeduplication",
  "CreatedTimestamp",
  "DeduplicationScope",
  "DelaySeconds",
  "FifoQueue",
  "FifoThroughputLimit",
  "KmsDataKeyReusePeriodSeconds",
  "KmsMasterKeyId",
  "LastModifiedTimestamp",
  "MaximumMessageSize",
  "MessageRetentionPeriod",
  "Policy",
  "QueueArn",
  "ReceiveMessageWaitTimeSeconds",
  "RedriveAllowPolicy",
  "RedrivePolicy",
  "SqsManagedSseEnabled",
  "VisibilityTimeout",
]);

/** What a new queue's attributes come to, by the rules for names and attributes. */
function checked(name: string, attributes: QueueAttributes) {
  const fifo = attributes.FifoQueue?.toLowerCase() === "true";
  checkQueueName(name, fifo);
  return { fifo, set: changeAttributes({}, attributes, fifo) };
}

function checkSame(existing: Definition, wanted: QueueAttributes): void {
  for (const [name, value] of Object.entries(wanted)) {
    if (!sameValue(existing.attributes[name], value)) throw queueNameExists(name);
  }
}

/** Policies are equal if their documents are, whatever their formatting. */
function sameValue(a: string | undefined, b: string): boolean {
  if (a === undefined || !b.startsWith("{")) return a === b;
  return JSON.stringify(JSON.parse(a)) === JSON.stringify(JSON.parse(b));
}
