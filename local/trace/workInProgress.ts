import type { Hop } from "./hop.ts";

export type Work = {
  readonly event: string;
  /** ARN of the queue that the message came from, else of the function. */
  readonly branch: string;
  /** ARN of the function. */
  readonly worker: string;
};

/** What each function has at work, by its hops. */
export class WorkInProgress {
  /** By the function's ARN, and there by invocation and event. */
  readonly #work = new Map<string, Map<string, Work>>();

  note(hop: Hop): void {
    if (hop.kind === "invoked") {
      const own = this.#work.get(hop.to) ?? new Map<string, Work>();
      this.#work.set(hop.to, own.set(keyOf(hop), workOf(hop)));
    } else if (hop.kind === "handled" || hop.kind === "failed") {
      this.#work.get(hop.to)?.delete(keyOf(hop));
    }
  }

  of(functionArn: string): Work[] {
    return [...(this.#work.get(functionArn)?.values() ?? [])];
  }
}

function keyOf({ event, requestId }: Hop & { readonly requestId: string }): string {
  return `${requestId} ${event}`;
}

function workOf({ event, from, to }: Hop): Work {
  return { event, branch: from.startsWith("arn:aws:sqs:") ? from : to, worker: to };
}
