import { type Clients, connect } from "../../../demo/clients.ts";
import { type LocalRun, type LocalRunOptions, startLocalRun } from "../../../local/localRun.ts";
import { type SystemOutputs, systemOutputs } from "../../../local/systems/stackOutputs.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { examples } from "../../../systems/index.ts";
import { untimed } from "../cloud/handlerTimers.ts";

/** The program on a local cloud whose clock stands still until the test moves it. */
export type TestRun = {
  readonly run: LocalRun;
  readonly clock: ManualClock;
  readonly clients: Clients;
  system(name: string): SystemOutputs;
  /** Waits for everything that can happen without time passing. */
  settle(): Promise<void>;
  close(): Promise<void>;
};

export type TestRunOptions = Partial<LocalRunOptions> & {
  /** Cloud time at the start, in milliseconds since 1970. @default that of `ManualClock` */
  readonly startTime?: number;
};

/** Starts these systems of the stack `dev`. */
export async function startTestRun(
  systems: readonly string[],
  { startTime, ...options }: TestRunOptions = {},
): Promise<TestRun> {
  let clock: ManualClock | undefined;
  const run = await startLocalRun({
    stack: "dev",
    port: 0,
    systems,
    examples,
    handlerTimer: untimed,
    ...options,
    clock: (activity) => {
      clock = new ManualClock(() => activity.idle(), startTime);
      return clock;
    },
  });
  if (clock === undefined) throw new Error("the local run asked for no clock");
  const clients = connect(run);
  return {
    run,
    clock,
    clients,
    system: (name) => systemOutputs(run.outputs, name),
    settle: () => run.cloud.activity.idle(),
    close: async () => {
      clients.close();
      await run.close();
    },
  };
}
