import type { DatabaseSync } from "node:sqlite";
import type { Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import { Administration } from "./definition/administration.ts";
import { Definitions } from "./definition/definitions.ts";
import { Fairness } from "./fairness/fairness.ts";
import { Inspection } from "./inspection.ts";
import { MessageTable } from "./messageTable.ts";
import { DeadLetters } from "./moving/deadLetters.ts";
import { Mover } from "./moving/mover.ts";
import { MoveTasks } from "./moving/moveTasks.ts";
import { InFlightLimit } from "./receiving/inFlightLimit.ts";
import { Receipts } from "./receiving/receipts.ts";
import { ReceiveAttempts } from "./receiving/receiveAttempts.ts";
import { Receiving } from "./receiving/receiving.ts";
import { type StandardDelivery, strictDelivery } from "./receiving/standardDelivery.ts";
import { Deduplication } from "./sending/deduplication.ts";
import { Sending } from "./sending/sending.ts";
import { Watchers } from "./watchers.ts";

export type QueuesOptions = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly region: string;
  /** The URL under which the wire knows a queue of that name. */
  readonly queueUrl: (name: string) => string;
  /** How standard queues deliver. @default in order, every message once */
  readonly standardDelivery?: StandardDelivery;
};

/** Everything that `Queues` stands in front of. */
export type Engine = ReturnType<typeof assemble>;

/** Puts the parts of the queues together. */
export function assemble(options: QueuesOptions) {
  const { store, clock, trace, region, queueUrl, standardDelivery = strictDelivery } = options;
  const definitions = new Definitions(store, region, queueUrl);
  const messages = new MessageTable(store);
  const deduplication = new Deduplication(store);
  const attempts = new ReceiveAttempts(store, messages);
  const watchers = new Watchers(clock, messages);
  const fairness = new Fairness(store);
  const inspection = new Inspection(store, clock, messages, fairness);
  const inFlightLimit = new InFlightLimit(inspection);
  const parts = { store, clock, trace, definitions, messages, watchers, inspection, fairness };
  const deadLetters = new DeadLetters(parts);
  return {
    store,
    clock,
    definitions,
    messages,
    deduplication,
    watchers,
    fairness,
    inspection,
    inFlightLimit,
    administration: new Administration(parts),
    sending: new Sending({ ...parts, deduplication }),
    receiving: new Receiving({ ...parts, attempts, deadLetters, inFlightLimit, standardDelivery }),
    receipts: new Receipts(parts),
    moveTasks: new MoveTasks({ ...parts, mover: new Mover(parts) }),
  };
}
