import { serveMonitor } from "../monitor/server.ts";
import { type ProgramOptions, startProgram } from "./languageHost.ts";
import type { Connection, ProgramEnd, RunningProgram, RunProgram } from "./runProgram.ts";

/** With this code the SDK ends a program whose error it has logged (`@pulumi/pulumi/cmd/run`). */
const failedWithMessage = 32;

export type ProcessOptions = Omit<
  ProgramOptions,
  Exclude<keyof Connection, "services"> | "address" | "parallel" | "environment"
> & {
  /** Of the program, asked before each run. @default that of this process */
  readonly environment?: (() => Promise<NodeJS.ProcessEnv>) | undefined;
  /** @default 16, as many as `pulumi up` */
  readonly parallel?: number | undefined;
};

/** Runs a program in a process of its own, as `pulumi up` does. */
export function programProcess({ environment, ...options }: ProcessOptions): RunProgram {
  return async ({ services, ...connection }): Promise<RunningProgram> => {
    const variables = await environment?.();
    const { address, close } = await serveMonitor(services);
    try {
      const { exit, stop } = startProgram({
        parallel: 16,
        ...options,
        ...connection,
        environment: variables,
        address,
      });
      return { ended: exit.then(endOf).finally(close), stop };
    } catch (error) {
      close();
      throw error;
    }
  };
}

function endOf(exitCode: number | null): ProgramEnd {
  switch (exitCode) {
    case 0:
      return { kind: "succeeded" };
    case failedWithMessage:
      return { kind: "failedWithMessage" };
    case null:
      return { kind: "failed", message: "the program was stopped by a signal" };
    default:
      return { kind: "failed", message: `Program exited with non-zero exit code: ${exitCode}` };
  }
}
