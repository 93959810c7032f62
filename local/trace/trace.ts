import type { Clock } from "../time/clock.ts";
import type { Hop, Step } from "./hop.ts";
import { Recent } from "./recent.ts";
import { type Work, WorkInProgress } from "./workInProgress.ts";

/** Which functions run with which role. */
export type FunctionRoles = {
  list(): readonly { readonly arn: string; readonly version: { readonly roleArn: string } }[];
};

const noFunctions: FunctionRoles = { list: () => [] };

/** The record of every hop, for the console, the demo, and tests. */
export class Trace {
  readonly #clock: Clock;
  readonly #listeners = new Set<(hop: Hop) => void>();
  readonly #recent = new Recent<Hop>({
    most: 10_000,
    mostText: 16 * 2 ** 20,
    textOf,
  });
  readonly #work = new WorkInProgress();
  readonly #functions: () => FunctionRoles;
  #sequence = 0;

  /** @param functions whose calls are traced to the events that they work on. @default none */
  constructor(clock: Clock, functions: () => FunctionRoles = () => noFunctions) {
    this.#clock = clock;
    this.#functions = functions;
  }

  record(event: string, from: string, to: string, step: Step): void {
    const origin = isNew(from, step) ? this.#originOf(event, from) : {};
    const hop: Hop = {
      sequence: ++this.#sequence,
      time: this.#clock.now(),
      event,
      from,
      to,
      ...origin,
      ...step,
    };
    this.#work.note(hop);
    this.#recent.add(hop);
    for (const listener of this.#listeners) listener(hop);
  }

  /** What the functions that run with a role have at work. */
  workOf(roleArn: string): Work[] {
    return this.#functions()
      .list()
      .filter(({ version }) => version.roleArn === roleArn)
      .flatMap(({ arn }) => this.#work.of(arn));
  }

  /** @param roleArn of who brings something in; a function's call in the middle of a batch may be for any of it */
  #originOf(event: string, roleArn: string): Pick<Hop, "causes" | "worker"> {
    const works = this.workOf(roleArn).filter((work) => work.event !== event);
    const causes = [...new Set(works.map((work) => work.event))];
    const [worker, ...others] = new Set(works.map((work) => work.worker));
    return {
      ...(causes.length > 0 && { causes }),
      ...(worker !== undefined && others.length === 0 && { worker }),
    };
  }

  /**
   * The latest hops, oldest first, for late listeners: at least 10,000,
   * but fewer where their bodies together have more than 16 million characters.
   */
  recent(): readonly Hop[] {
    return this.#recent.items();
  }

  /** Those of the latest hops that come after the one of that sequence. */
  after(sequence: number): readonly Hop[] {
    const hops = this.recent();
    const [oldest] = hops;
    // Sequences have no gaps.
    return oldest === undefined ? [] : hops.slice(Math.max(0, sequence - oldest.sequence + 1));
  }

  /** Calls `listener` for every hop from now on, until the function that it returns is called. */
  listen(listener: (hop: Hop) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }
}

const beginnings: ReadonlySet<Step["kind"]> = new Set(["stored", "published", "queued", "sent"]);

/** Whether a step is a role's, and may be the first of its event. */
function isNew(from: string, { kind }: Step): boolean {
  return beginnings.has(kind) && from.includes(":role/");
}

/** Only publications are long. */
function textOf(hop: Hop): number {
  if (hop.kind !== "published") return 0;
  const values = Object.values(hop.attributes ?? {});
  return values.reduce(
    (length, { stringValue = "", binaryValue = "" }) =>
      length + stringValue.length + binaryValue.length,
    hop.body.length,
  );
}
