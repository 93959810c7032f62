import type { EndedInvocation, InvocationError } from "../../services/lambda/interface.ts";
import type { Hop } from "../../trace/hop.ts";
import { Recent } from "../../trace/recent.ts";

/** One run of a function, with what it printed. */
export type Invocation = {
  /** The attempts of an asynchronous invocation share it. */
  readonly requestId: string;
  readonly functionArn: string;
  /** Cloud time in milliseconds since 1970. */
  readonly startedAt: number;
  /** Of the machine's time. */
  readonly milliseconds: number;
  /** Absent when the handler came to its end. */
  readonly error?: InvocationError;
  /** The messages that failed, because the whole run did or because it reported them. */
  readonly failures: readonly MessageFailure[];
  readonly log: string;
};

export type MessageFailure = { readonly event: string; readonly reason: string };

/** What the history needs of the cloud. */
type Sources = {
  readonly functions: { listen(listener: (ended: EndedInvocation) => void): unknown };
  readonly trace: { listen(listener: (hop: Hop) => void): unknown };
};

type Entry = Invocation & { readonly failures: MessageFailure[] };

/** The latest invocations of all functions; those that failed are kept longer. */
export class InvocationHistory {
  readonly #all = new Recent<Entry>({ most: 1000, mostText: 4 * 2 ** 20, textOf });
  readonly #failed = new Recent<Entry>({ most: 250, mostText: 4 * 2 ** 20, textOf });
  #failures = 0;

  constructor({ functions, trace }: Sources) {
    functions.listen((ended) => this.#add(ended));
    // That messages of a batch were reported as failed is told to the trace alone.
    trace.listen((hop) => {
      if (hop.kind === "failed") this.#noteFailure(hop.requestId, hop);
    });
  }

  /** How many failed since the start. */
  get failures(): number {
    return this.#failures;
  }

  /** The latest that failed, oldest first. */
  failed(): readonly Invocation[] {
    return this.#failed.items();
  }

  /** The latest of a function, oldest first. */
  of(functionArn: string): Invocation[] {
    return this.all().filter((invocation) => invocation.functionArn === functionArn);
  }

  /** All known attempts of a request, oldest first. */
  find(requestId: string): Invocation[] {
    return this.all().filter((invocation) => invocation.requestId === requestId);
  }

  /** The latest of all functions, oldest first. */
  all(): Invocation[] {
    const entries = new Set([...this.#failed.items(), ...this.#all.items()]);
    return [...entries].sort((a, b) => a.startedAt - b.startedAt);
  }

  #add(ended: EndedInvocation): void {
    if (ended.outcome === "throttled") return;
    const { requestId, functionArn, startedAt, milliseconds, log } = ended;
    const entry = { requestId, functionArn, startedAt, milliseconds, log, failures: [] };
    if (ended.outcome === "failed") this.#fail({ ...entry, error: ended.error });
    else this.#all.add(entry);
  }

  #noteFailure(requestId: string, { event, reason }: MessageFailure): void {
    const ofRequest = (entry: Entry) => entry.requestId === requestId;
    const known = this.#failed.items().findLast(ofRequest);
    if (known !== undefined) {
      known.failures.push({ event, reason });
      return;
    }
    const entry = this.#all.items().findLast(ofRequest);
    if (entry === undefined) return;
    entry.failures.push({ event, reason });
    this.#fail(entry);
  }

  #fail(entry: Entry): void {
    this.#failures++;
    this.#failed.add(entry);
  }
}

function textOf({ log }: Invocation): number {
  return log.length;
}
