import { randomUUID } from "node:crypto";
import { availableParallelism } from "node:os";
import type { DatabaseSync } from "node:sqlite";
import { formatArn } from "../../arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { Activity } from "../../time/activity.ts";
import type { Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import { AsynchronousInvocations } from "./asynchronous/asynchronousInvocations.ts";
import type { DestinationServices } from "./asynchronous/destinations.ts";
import { CodeDirectory, type CodeFiles, summarize } from "./code.ts";
import {
  type AsynchronousSettings,
  type FunctionDefinition,
  validateAsynchronousSettings,
  validateDefinition,
} from "./definition.ts";
import type { LogEntry } from "./environments/environmentLog.ts";
import { Environments } from "./environments/environments.ts";
import { type HandlerTimer, machineTimer } from "./environments/handlerTimer.ts";
import { MachineLimit } from "./environments/machineLimit.ts";
import type { Credentials } from "./environments/version.ts";
import { largestAsynchronousEvent, largestEvent, refuseLargerThan } from "./event.ts";
import { invokeFaulty } from "./faults/faultyInvocation.ts";
import { InvocationFaults } from "./faults/invocationFaults.ts";
import type {
  AsynchronousInvoker,
  EndedInvocation,
  InvocationResult,
  InvokeOptions,
  Invoker,
  Origin,
} from "./interface.ts";
import {
  asynchronousSettings,
  functionArnOf,
  type LambdaFunction,
  lambdaFunction,
} from "./lambdaFunction.ts";
import { type Permission, policyOf, withPermission } from "./permission.ts";

export type FunctionsOptions = Omit<DestinationServices, "invokeAsync"> & {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly activity: Activity;
  readonly trace: Trace;
  readonly region: string;
  /** Where the handlers' SDKs send their calls. */
  readonly endpoint: () => string;
  readonly credentials: (roleArn: string) => Credentials;
  /** Receives every function's log as it is written. @default ignored */
  readonly onLog?: (entry: LogEntry) => void;
  /** How many invocations run at once on this machine. @default four for each core */
  readonly machineLimit?: number;
  /** Runs the timeouts of handlers. @default the machine's time */
  readonly handlerTimer?: HandlerTimer | undefined;
  /** Opens places for handlers that wait for one another. @default `handlerTimer` */
  readonly limitTimer?: HandlerTimer | undefined;
};

/**
 * Lambda: functions, and their invocation in processes of their own. Wherever a function is named, its
 * name or its ARN is accepted.
 *
 * Functions are created again in each run of the program. The store keeps only the events that they have
 * accepted for asynchronous invocation.
 */
export class Functions implements Invoker, AsynchronousInvoker {
  readonly faults = new InvocationFaults();
  readonly #options: FunctionsOptions;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #code = new CodeDirectory();
  readonly #environments: Environments;
  readonly #machine: MachineLimit;
  readonly #asynchronous: AsynchronousInvocations;
  /** Invocations of each function that are at work, or wait for a place on the machine. */
  readonly #running = new Map<string, number>();
  readonly #listeners = new Set<(ended: EndedInvocation) => void>();

  constructor(options: FunctionsOptions) {
    this.#options = options;
    const { machineLimit = 4 * availableParallelism(), handlerTimer = machineTimer } = options;
    this.#machine = new MachineLimit(machineLimit, options.limitTimer ?? handlerTimer);
    this.#environments = new Environments({
      ...options,
      bootstrap: () => this.#code.bootstrap(),
      onLog: options.onLog ?? (() => {}),
      timer: handlerTimer,
    });
    this.#asynchronous = new AsynchronousInvocations({
      ...options,
      invoker: this,
      faults: this.faults,
      settings: (arn) => asynchronousSettings(this.#functions.get(arn)),
      destinations: { ...options, invokeAsync: this.invokeAsync.bind(this) },
    });
  }

  /** @throws AwsError for what CreateFunction would refuse */
  create(definition: FunctionDefinition): { readonly arn: string } {
    validateDefinition(definition);
    const { name, files } = definition;
    const arn = formatArn("lambda", this.#options.region, `function:${name}`);
    if (this.#functions.has(arn)) {
      throw new AwsError("ResourceConflictException", `Function already exist: ${name}`, {
        status: 409,
      });
    }
    const directory = this.#code.add(name, files);
    const now = this.#options.clock.now();
    this.#functions.set(arn, lambdaFunction(arn, definition, directory, now));
    this.#asynchronous.resume(arn);
    return { arn };
  }

  /** The next invocation runs the new code. Those at work finish with the old. */
  updateCode(name: string, files: CodeFiles): void {
    const found = this.get(name);
    const codeDirectory = this.#code.add(found.name, files);
    const version = { ...found.version, codeDirectory };
    this.#change(found, { version, code: summarize(files) });
    this.#environments.retire(found.version);
  }

  /**
   * Brings the function to a new definition; its policy and its settings for asynchronous invocation stay.
   * The next invocation runs it. Those at work finish with the old.
   *
   * @throws AwsError for what UpdateFunctionConfiguration would refuse
   */
  update(definition: FunctionDefinition): void {
    validateDefinition(definition);
    const found = this.get(definition.name);
    const { arn, statements, asynchronous } = found;
    const directory = this.#code.add(definition.name, definition.files);
    const now = this.#options.clock.now();
    const updated = lambdaFunction(arn, definition, directory, now);
    this.#functions.set(arn, { ...updated, statements, asynchronous });
    this.#environments.retire(found.version);
  }

  /** Replaces the function's settings for asynchronous invocation. */
  setAsynchronousSettings(name: string, settings: AsynchronousSettings): void {
    validateAsynchronousSettings(settings);
    this.#change(this.get(name), { asynchronous: settings });
  }

  /** @throws AwsError `ResourceConflictException` if the statement's id exists */
  addPermission(name: string, permission: Permission): void {
    const found = this.get(name);
    this.#change(found, { statements: withPermission(found.statements, permission, found.arn) });
  }

  /** Takes a statement out of the function's policy, if it is there. */
  removePermission(name: string, statementId: string): void {
    const found = this.get(name);
    const statements = found.statements.filter(({ Sid }) => Sid !== statementId);
    this.#change(found, { statements });
  }

  /** The function's resource policy, JSON text; undefined when it has none. */
  policy(name: string): string | undefined {
    return policyOf(this.get(name).statements);
  }

  /** @throws AwsError `ResourceNotFoundException` */
  get(name: string): LambdaFunction {
    const found = this.find(name);
    if (found) return found;
    const arn = functionArnOf(name, this.#options.region);
    throw new AwsError("ResourceNotFoundException", `Function not found: ${arn}`, { status: 404 });
  }

  find(name: string): LambdaFunction | undefined {
    const known = this.#functions.get(name);
    return known ?? this.#functions.get(functionArnOf(name, this.#options.region));
  }

  list(): readonly LambdaFunction[] {
    return [...this.#functions.values()];
  }

  /** Invocations at work finish; events that wait for an asynchronous one are lost, as on AWS. */
  delete(name: string): void {
    const { arn, version } = this.get(name);
    this.#functions.delete(arn);
    this.#environments.retire(version);
  }

  /** @throws AwsError `ResourceNotFoundException`, `RequestTooLargeException` */
  async invoke(
    name: string,
    event: string,
    { requestId = randomUUID(), onStart }: InvokeOptions = {},
  ): Promise<InvocationResult> {
    refuseLargerThan(largestEvent, event);
    const invoked = this.get(name);
    const { arn, reservedConcurrency = Number.POSITIVE_INFINITY } = invoked;
    const running = this.#running.get(arn) ?? 0;
    if (running >= reservedConcurrency) return { outcome: "throttled", requestId };
    this.#running.set(arn, running + 1);
    const { clock } = this.#options;
    let startedAt = clock.now();
    try {
      const result = await invokeFaulty({
        requestId,
        timeoutSeconds: invoked.version.timeoutSeconds,
        faults: this.faults.take(arn),
        clock,
        onStart: () => {
          startedAt = clock.now();
          onStart?.(requestId);
        },
        run: (start) => this.#run(invoked, event, requestId, start),
      });
      for (const listener of this.#listeners) listener({ ...result, functionArn: arn, startedAt });
      return result;
    } finally {
      this.#running.set(arn, (this.#running.get(arn) ?? 1) - 1);
    }
  }

  /**
   * Invokes the function asynchronously: returns at once, with the id of the request.
   *
   * @param payload JSON text
   * @throws AwsError `ResourceNotFoundException`, `RequestTooLargeException`
   */
  invokeAsync(name: string, payload: string, origin: Origin): string {
    refuseLargerThan(largestAsynchronousEvent, payload);
    return this.#asynchronous.accept(this.get(name).arn, payload, origin);
  }

  /** How many invocations of the function are at work, or wait for a place on the machine. */
  running(name: string): number {
    return this.#running.get(this.get(name).arn) ?? 0;
  }

  /** Calls `listener` at the end of every invocation, until the function that it returns is called. */
  listen(listener: (ended: EndedInvocation) => void): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** Ends all environments, at work or not, and removes the unpacked code. */
  async close(): Promise<void> {
    this.#asynchronous.close();
    await this.#environments.close();
    await this.#code.remove();
  }

  async #run(
    invoked: LambdaFunction,
    event: string,
    requestId: string,
    onStart: () => void,
  ): Promise<InvocationResult> {
    const { arn: functionArn } = invoked;
    const endActivity = this.#options.activity.begin();
    const leave = await this.#machine.enter(functionArn);
    try {
      // The code may have changed while the invocation waited for its place.
      const { version } = this.find(functionArn) ?? invoked;
      onStart();
      return await this.#environments.run(version, requestId, event);
    } finally {
      leave();
      endActivity();
    }
  }

  #change(found: LambdaFunction, change: Partial<LambdaFunction>): void {
    const lastModified = this.#options.clock.now();
    this.#functions.set(found.arn, { ...found, ...change, lastModified });
  }
}
