import type { Services } from "../monitor/server.ts";
import type { StackConfig } from "../project/stackConfig.ts";
import type { StackName } from "../state/stackOutputs.ts";

/** How a program is run: in a process of its own, or in this one. */
export type RunProgram = (connection: Connection) => RunningProgram | Promise<RunningProgram>;

/** What a program has to know of the engine. */
export type Connection = {
  readonly services: Services;
  readonly target: StackName;
  readonly config: StackConfig;
  readonly preview: boolean;
};

export type RunningProgram = {
  /** Resolves when the program has ended, with an error that is still to be reported. */
  readonly ended: Promise<ProgramEnd>;
  /** Ends a program whose deployment has failed; it has nothing more to say. */
  stop(): void;
};

export type ProgramEnd =
  | { readonly kind: "succeeded" }
  /** What is wrong has been logged by the program. */
  | { readonly kind: "failedWithMessage" }
  | { readonly kind: "failed"; readonly message: string; readonly cause?: unknown };
