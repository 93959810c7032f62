/** A system as the console draws it: from where events come, through its topic, to its consumers. */
export type SystemShape = {
  readonly name: string;
  /** Its front door, where it has one. */
  readonly url?: string;
  /** False for what a client of the API made, the AWS CLI say. */
  readonly inProgram: boolean;
  readonly topic?: Named & { readonly fifo: boolean };
  /** What brings events where there is no topic. */
  readonly entrance?: Entrance;
  /** What publishes to the topic by itself. */
  readonly sources: readonly Source[];
  readonly consumers: readonly ConsumerShape[];
  /** Queues that belong to no consumer. */
  readonly otherQueues: readonly Named[];
};

export type ConsumerShape = {
  readonly name: string;
  /** A key of another kind, where no topic is subscribed to. */
  readonly subscriptionArn: string;
  readonly protocol: string;
  /** An ARN, an address, a URL. */
  readonly endpoint: string;
  readonly confirmed: boolean;
  readonly raw: boolean;
  readonly filter?: { readonly policy: unknown; readonly scope: string };
  /** What it polls, and where that queue's dead letters go. */
  readonly queue?: Named;
  readonly deadLetters?: Named;
  /** Keeps what the topic could not deliver. */
  readonly undelivered?: Named;
  /** Keeps what the directly invoked function failed on. */
  readonly failures?: Named;
  readonly function?: Named;
};

export type Entrance = Named & {
  readonly kind: "bucket" | "stream" | "table" | "rule" | "schedule";
};

export type Source = Named & { readonly kind: "bucket" | "rule" | "schedule" };

export type Named = { readonly arn: string; readonly name: string };

/** What a queue is for: of whom, and in which place. */
export type QueueRole = "work" | "deadLetters" | "undelivered" | "failures";

/** The queues of a consumer by what they are for. */
export function queuesOf(consumer: ConsumerShape): [QueueRole, Named][] {
  const { queue, deadLetters, undelivered, failures } = consumer;
  const roles = [
    ["work", queue],
    ["deadLetters", deadLetters],
    ["undelivered", undelivered],
    ["failures", failures],
  ] as const;
  return roles.flatMap(([role, named]) => (named === undefined ? [] : [[role, named]]));
}

/** Where events of a system can go wrong: at its topic, what publishes to it, and what it delivers to. */
export function placesOf({ topic, entrance, sources, consumers }: SystemShape): string[] {
  const named = [topic, entrance, ...sources, ...consumers.map((consumer) => consumer.function)];
  return [
    ...named.flatMap((each) => each?.arn ?? []),
    ...consumers.map(({ endpoint }) => endpoint),
  ];
}

/** Whose queue it is, and what it is for. */
export function queuePlace(systems: readonly SystemShape[], arn: string) {
  for (const system of systems) {
    for (const consumer of system.consumers) {
      const found = queuesOf(consumer).find(([, queue]) => queue.arn === arn);
      if (found !== undefined) return { system, consumer, role: found[0] };
    }
  }
  return undefined;
}
