import type { Registration } from "../registration.ts";

/** What a program asked of the engine and told it. */
export class Deployment {
  readonly project: string;
  readonly stack: string;
  /** In the order in which they came. */
  readonly registrations: Registration[] = [];
  /** By URN: what components and the stack said of themselves when they were complete. */
  readonly outputs = new Map<string, Readonly<Record<string, unknown>>>();
  /** Lines for the user, without those for debugging. */
  readonly log: LogLine[] = [];
  /** Calls that are wrong, or that no program of ours should need; each failed. */
  readonly refused: string[] = [];

  constructor(project: string, stack: string) {
    this.project = project;
    this.stack = stack;
  }

  /** Takes a resource in as the engine does: once, and only after what it belongs to and waits for. */
  register(registration: Registration): void {
    const { urn, parent, dependencies } = registration;
    if (this.#has(urn)) throw this.refuse(`Duplicate resource URN '${urn}'`);
    for (const other of [parent, ...dependencies]) {
      if (other !== "" && !this.#has(other)) {
        throw this.refuse(`${urn} refers to ${other}, which is not registered`);
      }
    }
    this.registrations.push(registration);
  }

  complete(urn: string, outputs: Readonly<Record<string, unknown>>): void {
    if (!this.#has(urn)) throw this.refuse(`outputs of ${urn}, which is not registered`);
    if (this.outputs.has(urn)) throw this.refuse(`outputs of ${urn} for the second time`);
    this.outputs.set(urn, outputs);
  }

  /** Notes what is refused, and gives the error to answer with. */
  refuse(text: string): Error {
    this.refused.push(text);
    return new Error(text);
  }

  #has(urn: string): boolean {
    return this.registrations.some((each) => each.urn === urn);
  }
}

export type LogLine = {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
};
