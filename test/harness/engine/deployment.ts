import type { Registration } from "../programs/registration.ts";

/** What a program asked of the engine and told it. */
export class Deployment {
  readonly project: string;
  readonly stack: string;
  /** By URN: what components and the stack said of themselves when they were complete. */
  readonly outputs = new Map<string, Readonly<Record<string, unknown>>>();
  /** Lines for the user, without those for debugging. */
  readonly log: LogLine[] = [];
  /** Calls that are wrong, or that no program of ours should need; each failed. */
  readonly refused: string[] = [];
  readonly #registered = new Map<string, Registration>();

  constructor(project: string, stack: string) {
    this.project = project;
    this.stack = stack;
  }

  /** In the order in which they came. */
  get registrations(): Registration[] {
    return [...this.#registered.values()];
  }

  /** Takes a resource in as the engine does: once, and only after what it belongs to and waits for. */
  register(registration: Registration): void {
    const { urn, parent, dependencies } = registration;
    if (this.#registered.has(urn)) throw this.refuse(`Duplicate resource URN '${urn}'`);
    for (const other of [parent, ...dependencies]) {
      if (other !== "" && !this.#registered.has(other)) {
        throw this.refuse(`${urn} refers to ${other}, which is not registered`);
      }
    }
    this.#registered.set(urn, registration);
  }

  complete(urn: string, outputs: Readonly<Record<string, unknown>>): void {
    if (!this.#registered.has(urn)) throw this.refuse(`outputs of ${urn}, which is not registered`);
    if (this.outputs.has(urn)) throw this.refuse(`outputs of ${urn} for the second time`);
    this.outputs.set(urn, outputs);
  }

  /** Notes what is refused, and gives the error to answer with. */
  refuse(text: string): Error {
    this.refused.push(text);
    return new Error(text);
  }
}

export type LogLine = {
  readonly severity: "info" | "warning" | "error";
  readonly message: string;
};
