import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { Activity } from "../../time/activity.ts";
import type { Clock } from "../../time/clock.ts";
import { Environments, type EnvironmentsOptions } from "./environments/environments.ts";
import { type HandlerTimer, machineTimer } from "./environments/handlerTimer.ts";
import { MachineLimit } from "./environments/machineLimit.ts";
import type { FunctionVersion } from "./environments/version.ts";
import { largestEvent, refuseLargerThan } from "./event.ts";
import { invokeFaulty } from "./faults/faultyInvocation.ts";
import { InvocationFaults } from "./faults/invocationFaults.ts";
import { qualifiedArn } from "./functionArn.ts";
import { HandlersAtWork } from "./handlersAtWork.ts";
import type { EndedInvocation, InvocationResult, InvokeOptions } from "./interface.ts";
import type { LambdaFunction } from "./lambdaFunction.ts";

export type InvocationsOptions = Omit<EnvironmentsOptions, "timer"> & {
  readonly clock: Clock;
  readonly activity: Activity;
  /** What the next invocation runs; undefined when the function has been deleted. */
  readonly next: (functionArn: string) => LambdaFunction | undefined;
  /** How many invocations run at once on this machine. @default four for each core */
  readonly machineLimit?: number;
  /** Runs the timeouts of handlers. @default the machine's time */
  readonly handlerTimer?: HandlerTimer | undefined;
  /** Opens places on the machine for handlers that wait for one another. @default `handlerTimer` */
  readonly limitTimer?: HandlerTimer | undefined;
};

/** Runs functions, within their reserved concurrency, and with the faults that are injected into them. */
export class Invocations {
  readonly faults = new InvocationFaults();
  readonly #options: InvocationsOptions;
  readonly #environments: Environments;
  readonly #machine: MachineLimit;
  readonly #atWork: HandlersAtWork;
  /** Invocations of each function that are at work, or wait for a place on the machine. */
  readonly #running = new Map<string, number>();
  readonly #listeners = new Set<(ended: EndedInvocation) => void>();

  constructor(options: InvocationsOptions) {
    this.#options = options;
    const { machineLimit = 4 * availableParallelism(), handlerTimer = machineTimer } = options;
    this.#machine = new MachineLimit(machineLimit, options.limitTimer ?? handlerTimer);
    this.#atWork = new HandlersAtWork(options.activity);
    this.#environments = new Environments({ ...options, timer: handlerTimer });
  }

  /** @throws AwsError `RequestTooLargeException` */
  async invoke(
    invoked: LambdaFunction,
    event: string,
    { requestId = randomUUID(), onStart = () => {} }: InvokeOptions,
  ): Promise<InvocationResult> {
    refuseLargerThan(largestEvent, event);
    const { version, reservedConcurrency = Number.POSITIVE_INFINITY } = invoked;
    // The versions and aliases of a function share its concurrency.
    const { arn } = qualifiedArn(invoked.arn);
    const running = this.running(arn);
    if (running >= reservedConcurrency) {
      const startedAt = this.#options.clock.now();
      return this.#ended({ outcome: "throttled", requestId, functionArn: arn, startedAt });
    }
    this.#running.set(arn, running + 1);
    try {
      const ended = await invokeFaulty({
        functionArn: arn,
        requestId,
        timeoutSeconds: version.timeoutSeconds,
        faults: this.faults.take(arn),
        clock: this.#options.clock,
        onStart: () => onStart(requestId),
        run: (start) => this.#run(invoked, event, requestId, start),
      });
      return this.#ended(ended);
    } finally {
      this.#running.set(arn, this.running(arn) - 1);
    }
  }

  /** How many invocations of the function are at work, or wait for a place on the machine. */
  running(functionArn: string): number {
    return this.#running.get(functionArn) ?? 0;
  }

  /**
   * To be called when a handler of that role begins to wait for the cloud's clock.
   *
   * @returns to be called when it goes on
   */
  waitForClock(roleArn: string): () => void {
    return this.#atWork.wait(roleArn);
  }

  /** Calls `listener` at the end of every invocation, until the function that it returns is called. */
  listen(listener: (ended: EndedInvocation) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** No more invocations of this version: its environments end when their work is done. */
  retire(version: FunctionVersion): void {
    this.#environments.retire(version);
  }

  /** Ends all environments, at work or not. */
  close(): Promise<void> {
    return this.#environments.close();
  }

  #ended(invocation: EndedInvocation): EndedInvocation {
    for (const listener of this.#listeners) listener(invocation);
    return invocation;
  }

  async #run(
    invoked: LambdaFunction,
    event: string,
    requestId: string,
    onStart: () => void,
  ): Promise<InvocationResult> {
    const endWork = this.#atWork.begin(invoked.version.roleArn);
    const leave = await this.#machine.enter(invoked.arn);
    try {
      // The code may have changed while the invocation waited for its place.
      const { version } = this.#options.next(invoked.arn) ?? invoked;
      onStart();
      return await this.#environments.run(version, requestId, event);
    } finally {
      leave();
      endWork();
    }
  }
}
