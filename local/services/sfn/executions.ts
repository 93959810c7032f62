import { randomUUID } from "node:crypto";
import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Activity } from "../../time/activity.ts";
import type { Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import type { Machine } from "./definition.ts";
import { ExecutionError, failWhenStopped } from "./executionError.ts";
import { Interpreter, type StateStep } from "./interpreter.ts";
import type { StateMachine } from "./stateMachine.ts";
import { runTask, type TaskServices } from "./tasks.ts";

export type Execution = {
  readonly arn: string;
  readonly name: string;
  readonly stateMachineArn: string;
  /** JSON text. */
  readonly input: string;
  readonly started: number;
  readonly steps: readonly TimedStep[];
  readonly result: ExecutionResult;
};

type TimedStep = StateStep & { readonly time: number };

export type ExecutionResult =
  | { readonly status: "RUNNING" }
  | { readonly status: "SUCCEEDED"; readonly output: string; readonly stopped: number }
  | {
      readonly status: "FAILED" | "ABORTED" | "TIMED_OUT";
      readonly error: string;
      readonly cause: string;
      readonly stopped: number;
    };

export type ExecutionsOptions = TaskServices & {
  readonly clock: Clock;
  readonly trace: Trace;
  readonly activity: Activity;
};

type Running = {
  execution: Execution;
  /** Those of the execution. */
  readonly steps: TimedStep[];
  readonly stop: AbortController;
  readonly done: Promise<Execution>;
};

/** The executions of all state machines. They are kept in memory. */
export class Executions {
  readonly #options: ExecutionsOptions;
  readonly #executions = new Map<string, Running>();

  constructor(options: ExecutionsOptions) {
    this.#options = options;
  }

  /**
   * @param input JSON text
   * @param from who starts it, for the trace
   * @throws AwsError ExecutionAlreadyExists, InvalidExecutionInput
   */
  start(
    machine: StateMachine,
    input: string,
    from: string,
    name: string = randomUUID(),
  ): Execution {
    const { clock, region, trace } = this.#options;
    const parsedInput = parsed(input);
    const arn = formatArn("states", region, `execution:${machine.name}:${name}`);
    if (this.#executions.has(arn)) {
      throw new AwsError("ExecutionAlreadyExists", `Execution Already Exists: '${arn}'`);
    }
    const started = clock.now();
    trace.record(arn, from, machine.arn, { kind: "invoked", requestId: name, batchSize: 1 });
    const stop = new AbortController();
    const done = this.#run(machine, arn, parsedInput, stop.signal);
    const result = { status: "RUNNING" } as const;
    const steps: TimedStep[] = [];
    const execution = { arn, name, stateMachineArn: machine.arn, input, started, steps, result };
    this.#executions.set(arn, { execution, steps, stop, done });
    return execution;
  }

  /** Resolves when the execution has ended. */
  async finished(executionArn: string): Promise<Execution> {
    return this.#running(executionArn).done;
  }

  /** @throws AwsError ExecutionDoesNotExist */
  get(arn: string): Execution {
    return this.#running(arn).execution;
  }

  /** The latest first. */
  of(machineArn: string): readonly Execution[] {
    return [...this.#executions.values()]
      .map(({ execution }) => execution)
      .filter(({ stateMachineArn }) => stateMachineArn === machineArn)
      .reverse();
  }

  /** Leaves an execution as it is that has ended already. */
  stop(arn: string, error: string, cause: string): void {
    this.#end(arn, "ABORTED", error, cause);
  }

  #end(arn: string, status: "ABORTED" | "TIMED_OUT", error: string, cause: string): void {
    const { stop, execution } = this.#running(arn);
    if (execution.result.status !== "RUNNING") return;
    const stopped = this.#options.clock.now();
    this.#change(arn, { result: { status, error, cause, stopped } });
    stop.abort();
  }

  /** Lets nothing new begin. */
  close(): void {
    for (const { stop } of this.#executions.values()) stop.abort();
  }

  async #run(
    machine: StateMachine,
    arn: string,
    input: unknown,
    stopped: AbortSignal,
  ): Promise<Execution> {
    // The execution is known to its caller before its first state begins.
    await Promise.resolve();
    const { clock, trace } = this.#options;
    const begun = clock.now();
    const { name, started } = this.#running(arn).execution;
    const StartTime = new Date(started).toISOString();
    const interpreter = new Interpreter({
      clock,
      stopped,
      context: {
        Execution: { Id: arn, Input: input, Name: name, RoleArn: machine.roleArn, StartTime },
        StateMachine: { Id: machine.arn, Name: machine.name },
      },
      task: (resource, given) => {
        // A task is work in progress; an execution that waits for its time is not.
        const end = this.#options.activity.begin();
        return runTask(this.#options, machine.roleArn, resource, given).finally(end);
      },
      onState: (step) => {
        this.#running(arn).steps.push({ ...step, time: clock.now() });
      },
    });
    const cancelTimeout = this.#timeout(arn, started, machine.machine);
    const conclusion = await this.#conclude(
      Promise.race([interpreter.run(machine.machine, input), failWhenStopped(stopped)]),
    );
    cancelTimeout();
    if (this.#running(arn).execution.result.status === "RUNNING") {
      this.#change(arn, { result: conclusion });
    }
    const { result } = this.#running(arn).execution;
    const step =
      result.status === "SUCCEEDED"
        ? ({ kind: "handled", requestId: name, milliseconds: clock.now() - begun } as const)
        : ({ kind: "failed", requestId: name, reason: reasonOf(result) } as const);
    trace.record(arn, machine.arn, machine.arn, step);
    return this.#running(arn).execution;
  }

  /** @returns what cancels it */
  #timeout(arn: string, started: number, { timeoutSeconds }: Machine): () => void {
    if (timeoutSeconds === undefined) return () => {};
    const at = started + timeoutSeconds * 1000;
    return this.#options.clock.at(at, () => this.#end(arn, "TIMED_OUT", "States.Timeout", ""));
  }

  async #conclude(work: Promise<unknown>): Promise<ExecutionResult> {
    const { clock } = this.#options;
    try {
      const output = JSON.stringify(await work) ?? "null";
      return { status: "SUCCEEDED", output, stopped: clock.now() };
    } catch (error) {
      const failure =
        error instanceof ExecutionError
          ? { error: error.error, cause: error.message }
          : { error: "States.Runtime", cause: String(error) };
      return { status: "FAILED", ...failure, stopped: clock.now() };
    }
  }

  #change(arn: string, changes: Partial<Execution>): void {
    const running = this.#running(arn);
    running.execution = { ...running.execution, ...changes };
  }

  #running(arn: string): Running {
    const found = this.#executions.get(arn);
    if (found !== undefined) return found;
    throw new AwsError("ExecutionDoesNotExist", `Execution Does Not Exist: '${arn}'`);
  }
}

function reasonOf(result: ExecutionResult): string {
  return "error" in result ? `${result.error}: ${result.cause}` : result.status;
}

function parsed(input: string): unknown {
  try {
    return JSON.parse(input);
  } catch (error) {
    throw new AwsError(
      "InvalidExecutionInput",
      `Invalid State Machine Execution Input: '${error}'`,
    );
  }
}
