import type { Cloud } from "../cloud.ts";
import { missedSubscribersOf } from "../console/events/missedSubscribers.ts";
import type { InvocationHistory } from "../console/history/invocationHistory.ts";
import type { PeekedMessage } from "../services/sqs/inspection.ts";
import type { Hop } from "../trace/hop.ts";
import { shortName } from "../trace/shortName.ts";
import type {
  DeadLetter,
  Delivery,
  Invocation,
  QueueMessage,
  SentMessage,
} from "./api/observations.ts";
import type { Denied } from "./api/testCloud.ts";
import { deliveriesOf } from "./deliveries.ts";
import { functionArn, queueArn } from "./names.ts";

/** The most messages of a queue that are looked at. */
const mostMessages = 10_000;

/** Looks at a local cloud without changing anything. */
export class Observer {
  readonly #cloud: Cloud;
  readonly #history: InvocationHistory;

  constructor(cloud: Cloud, history: InvocationHistory) {
    this.#cloud = cloud;
    this.#history = history;
  }

  hops(event?: string): readonly Hop[] {
    const hops = this.#cloud.trace.recent();
    return event === undefined ? [...hops] : hops.filter((hop) => hop.event === event);
  }

  denials(): Denied[] {
    return this.hops().filter(
      (hop): hop is Denied => hop.kind === "denied" || hop.kind === "refused",
    );
  }

  deliveries(event: string): Delivery[] {
    const hops = this.hops(event);
    const missed = missedSubscribersOf(hops, (arn) => this.#subscriptions(arn));
    return deliveriesOf({ hops, missed });
  }

  delivery(event: string, subscriber: string): Delivery {
    const deliveries = this.deliveries(event);
    const { queues } = this.#cloud;
    const found = deliveries.find(({ endpoint, ...delivery }) =>
      [delivery.subscriber, endpoint, queues.find(endpoint)?.url].includes(subscriber),
    );
    if (found !== undefined) return found;
    const names = deliveries.map((delivery) => delivery.subscriber).join(", ") || "none";
    throw new Error(
      `the event ${event} has no subscriber "${subscriber}"; its subscribers are ${names}`,
    );
  }

  invocations(functionName?: string): Invocation[] {
    if (functionName === undefined) return this.#history.all().map(invocationOf);
    return this.#history.of(functionArn(this.#cloud, functionName)).map(invocationOf);
  }

  messages(queue: string): QueueMessage[] {
    return this.#messagesIn(queueArn(this.#cloud, queue));
  }

  deadLetters(queue?: string): DeadLetter[] {
    const arns = queue === undefined ? this.#deadLetterQueues() : [queueArn(this.#cloud, queue)];
    return arns.flatMap((arn) =>
      this.#messagesIn(arn).map((message) => this.#deadLetter(arn, message)),
    );
  }

  sent(): SentMessage[] {
    return this.#cloud.outbox.list();
  }

  #subscriptions(topicArn: string) {
    const { topics } = this.#cloud;
    return topics.find(topicArn) === undefined ? [] : topics.subscriptions(topicArn);
  }

  #messagesIn(arn: string): QueueMessage[] {
    return this.#cloud.queues.peek(arn, mostMessages).map(messageOf);
  }

  /** Queues that other queues name as theirs, and those that dead letters have gone to. */
  #deadLetterQueues(): string[] {
    const { queues } = this.#cloud;
    const targets = new Set(
      this.hops().flatMap(({ kind, to }) => (kind === "deadLettered" ? [to] : [])),
    );
    return queues
      .list()
      .map(({ arn }) => arn)
      .filter((arn) => targets.has(arn) || queues.deadLetterSources(arn).length > 0);
  }

  #deadLetter(arn: string, message: QueueMessage): DeadLetter {
    const moved = this.hops(message.event).findLast(
      (hop) => hop.kind === "deadLettered" && hop.to === arn,
    );
    const reason = moved?.kind === "deadLettered" ? moved.reason : "sent to this queue directly";
    return { ...message, queue: shortName(arn), reason };
  }
}

function messageOf(message: PeekedMessage): QueueMessage {
  const { messageId, body, attributes, state, event, systemAttributes } = message;
  const { MessageGroupId: groupId, ApproximateReceiveCount: receiveCount } = systemAttributes;
  return {
    messageId,
    body,
    attributes,
    state,
    receiveCount: Number(receiveCount),
    ...(groupId !== undefined && { groupId }),
    event,
  };
}

function invocationOf({
  functionArn,
  ...invocation
}: ReturnType<InvocationHistory["all"]>[number]): Invocation {
  return { functionName: shortName(functionArn), ...invocation };
}
