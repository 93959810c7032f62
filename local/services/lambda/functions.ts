import type { DatabaseSync } from "node:sqlite";
import { formatArn } from "../../arn.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import type { Trace } from "../../trace/trace.ts";
import type { EventBusTarget } from "../events/interface.ts";
import type { ObjectWriter } from "../s3/interface.ts";
import { AsynchronousInvocations } from "./asynchronous/asynchronousInvocations.ts";
import { type BucketRecord, storeRecord } from "./asynchronous/bucketDestination.ts";
import { type DestinationServices, sendToDestination } from "./asynchronous/destinations.ts";
import { CodeDirectory, type CodeFiles, summarize, type UnpackedCode } from "./code.ts";
import {
  type AsynchronousSettings,
  type FunctionConfiguration,
  type FunctionDefinition,
  layerFiles,
  validateAsynchronousSettings,
  validateDefinition,
} from "./definition.ts";
import type { LogEntry } from "./environments/environmentLog.ts";
import { largestAsynchronousEvent, refuseLargerThan } from "./event.ts";
import type { InvocationFaults } from "./faults/invocationFaults.ts";
import { functionArnOf, qualifiedArn } from "./functionArn.ts";
import type {
  AsynchronousInvoker,
  DestinationMessage,
  DestinationSender,
  EndedInvocation,
  InvocationResult,
  InvokeOptions,
  Invoker,
  Origin,
} from "./interface.ts";
import { Invocations, type InvocationsOptions } from "./invocations.ts";
import {
  asynchronousSettings,
  type LambdaFunction,
  lambdaFunction,
  reconfigured,
} from "./lambdaFunction.ts";
import { type Permission, policyOf, withPermission } from "./permission.ts";
import { type Alias, Qualifiers } from "./qualifiers.ts";

export type FunctionsOptions = Omit<DestinationServices, "invokeAsync"> &
  Omit<InvocationsOptions, "bootstrap" | "next" | "onLog"> & {
    readonly store: DatabaseSync;
    readonly trace: Trace;
    /** The event buses that results are put on. */
    readonly buses: () => EventBusTarget;
    /** The buckets that records of failures are stored in. */
    readonly objects: () => ObjectWriter;
    /** Receives every function's log as it is written. @default ignored */
    readonly onLog?: (entry: LogEntry) => void;
  };

/**
 * Lambda: functions, and their invocation in processes of their own. Wherever a function is named, its
 * name or its ARN is accepted.
 *
 * Functions are created again in each run of the program. The store keeps only the events that they have
 * accepted for asynchronous invocation.
 */
export class Functions implements Invoker, AsynchronousInvoker, DestinationSender {
  readonly faults: InvocationFaults;
  readonly #options: FunctionsOptions;
  readonly #functions = new Map<string, LambdaFunction>();
  readonly #qualifiers = new Qualifiers();
  readonly #code = new CodeDirectory();
  readonly #invocations: Invocations;
  readonly #asynchronous: AsynchronousInvocations;

  constructor(options: FunctionsOptions) {
    this.#options = options;
    this.#invocations = new Invocations({
      ...options,
      bootstrap: () => this.#code.bootstrap(),
      next: (arn) => this.#next(arn),
      onLog: options.onLog ?? (() => {}),
    });
    this.faults = this.#invocations.faults;
    this.#asynchronous = new AsynchronousInvocations({
      ...options,
      invoker: this,
      faults: this.faults,
      runsHere: (arn) => this.find(arn)?.imageUri === undefined,
      settings: (arn) => asynchronousSettings(this.find(arn)),
      destinations: this.#destinations(),
    });
  }

  /** @throws AwsError for what CreateFunction would refuse */
  create(definition: FunctionDefinition): { readonly arn: string } {
    validateDefinition(definition);
    const { name } = definition;
    const arn = formatArn("lambda", this.#options.region, `function:${name}`);
    if (this.#functions.has(arn)) {
      throw new AwsError("ResourceConflictException", `Function already exist: ${name}`, {
        status: 409,
      });
    }
    const code = this.#unpack(definition);
    const now = this.#options.clock.now();
    this.#functions.set(arn, lambdaFunction(arn, definition, code, now));
    this.#asynchronous.resume(arn);
    return { arn };
  }

  /** The next invocation runs the new code. Those at work finish with the old. */
  updateCode(name: string, files: CodeFiles): void {
    const found = this.#unqualified(name);
    const { codeDirectory } = this.#code.add(found.name, files);
    const version = { ...found.version, codeDirectory };
    this.#change(found, { version, code: summarize(files) });
    this.#invocations.retire(found.version);
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
    const code = this.#unpack(definition);
    const now = this.#options.clock.now();
    const updated = lambdaFunction(arn, definition, code, now);
    this.#functions.set(arn, { ...updated, statements, asynchronous });
    this.#invocations.retire(found.version);
  }

  /**
   * Changes the function's configuration; its code, its policy and what is left out stay. The next invocation
   * follows it.
   *
   * @throws AwsError for what UpdateFunctionConfiguration would refuse
   */
  configure(name: string, changes: Partial<FunctionConfiguration>): LambdaFunction {
    const found = this.#unqualified(name);
    const changed = reconfigured(found, changes, this.#options.clock.now());
    this.#functions.set(found.arn, changed);
    this.#invocations.retire(found.version);
    return changed;
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

  /** A function, or a version or an alias of one, under its qualified ARN. */
  find(name: string): LambdaFunction | undefined {
    const known = this.#functions.get(name);
    if (known !== undefined) return known;
    const { arn, qualifier } = qualifiedArn(functionArnOf(name, this.#options.region));
    const latest = this.#functions.get(arn);
    if (latest === undefined || qualifier === undefined) return latest;
    return this.#qualifiers.find(latest, qualifier);
  }

  /** Publishes a version, unless nothing has changed since the newest. @returns its number */
  publish(name: string): string {
    return this.#qualifiers.publish(this.get(name));
  }

  /** The number of the newest version; undefined if none is published. */
  newestVersion(name: string): string | undefined {
    return this.#qualifiers.newest(this.get(name).arn);
  }

  /** Creates or changes an alias. @returns its ARN @throws AwsError if there is no such version */
  setAlias(name: string, alias: Alias): string {
    const { arn } = this.get(name);
    const isNew = this.#qualifiers.alias(arn, alias.name) === undefined;
    const aliasArn = this.#qualifiers.setAlias(arn, alias);
    if (isNew) this.#asynchronous.resume(aliasArn);
    return aliasArn;
  }

  alias(name: string, alias: string): Alias | undefined {
    const found = this.find(name);
    return found && this.#qualifiers.alias(found.arn, alias);
  }

  removeAlias(name: string, alias: string): void {
    const found = this.find(name);
    if (found !== undefined) this.#qualifiers.removeAlias(found.arn, alias);
  }

  list(): readonly LambdaFunction[] {
    return [...this.#functions.values()];
  }

  /** Invocations at work finish; events that wait for an asynchronous one are lost, as on AWS. */
  delete(name: string): void {
    const { arn, version } = this.#unqualified(name);
    this.#functions.delete(arn);
    this.#invocations.retire(version);
    for (const published of this.#qualifiers.remove(arn)) {
      this.#invocations.retire(published.version);
    }
  }

  /** @throws AwsError `ResourceNotFoundException`, `RequestTooLargeException` */
  async invoke(
    name: string,
    event: string,
    options: InvokeOptions = {},
  ): Promise<InvocationResult> {
    const found = this.get(name);
    if (found.imageUri !== undefined) {
      throw notSupported(`the invocation of ${found.name}, which runs a container image`);
    }
    return this.#invocations.invoke(found, event, options);
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

  /**
   * Sends a message to a queue, a topic or a function, as a role.
   *
   * @returns the id of the message, or of the request
   * @throws AwsError when the role may not send it, or when the destination does not take it
   */
  sendToDestination(targetArn: string, message: DestinationMessage): string {
    return sendToDestination(this.#destinations(), targetArn, message);
  }

  /**
   * Stores a record of a failure in a bucket.
   *
   * @throws AwsError when the role may not store it, or when there is no such bucket
   */
  storeRecord(bucketArn: string, record: BucketRecord): void {
    storeRecord(this.#options, bucketArn, record);
  }

  #destinations(): DestinationServices {
    return { ...this.#options, invokeAsync: this.invokeAsync.bind(this) };
  }

  /** Whether messages for the function wait: it is paused, or a container image, which is not run here. */
  isHeld(name: string): boolean {
    return this.faults.isPaused(name) || this.find(name)?.imageUri !== undefined;
  }

  /** How many invocations of the function are at work, or wait for a place on the machine. */
  running(name: string): number {
    return this.#invocations.running(this.get(name).arn);
  }

  /**
   * To be called when a handler of that role begins to wait for the cloud's clock.
   *
   * @returns to be called when it goes on
   */
  waitForClock(roleArn: string): () => void {
    return this.#invocations.waitForClock(roleArn);
  }

  /** Calls `listener` at the end of every invocation, until the function that it returns is called. */
  listen(listener: (ended: EndedInvocation) => void): () => void {
    return this.#invocations.listen(listener);
  }

  /** Ends all environments, at work or not, and removes the unpacked code. */
  async close(): Promise<void> {
    this.#asynchronous.close();
    await this.#invocations.close();
    await this.#code.remove();
  }

  #unpack(definition: FunctionDefinition): UnpackedCode {
    const { name, files, imageUri } = definition;
    return imageUri === undefined
      ? this.#code.add(name, files, layerFiles(definition))
      : { codeDirectory: "" };
  }

  /** @throws AwsError `InvalidParameterValueException` for a version or an alias, which stay as they are */
  #unqualified(name: string): LambdaFunction {
    const found = this.get(name);
    if (qualifiedArn(found.arn).qualifier === undefined) return found;
    const message = `${found.arn} is a version or an alias, which cannot be changed: name the function without a qualifier.`;
    throw new AwsError("InvalidParameterValueException", message);
  }

  #change(found: LambdaFunction, change: Partial<LambdaFunction>): void {
    const { arn, qualifier } = qualifiedArn(found.arn);
    if (qualifier !== undefined) {
      const { statements, asynchronous } = { ...found, ...change };
      this.#qualifiers.change(arn, qualifier, { statements, asynchronous });
      return;
    }
    const lastModified = this.#options.clock.now();
    this.#functions.set(found.arn, { ...found, ...change, lastModified });
  }

  /** What the next invocation of a function, a version or an alias runs. */
  #next(qualified: string): LambdaFunction | undefined {
    const { arn, qualifier } = qualifiedArn(qualified);
    const latest = this.#functions.get(arn);
    if (latest === undefined || qualifier === undefined) return latest;
    return this.#qualifiers.next(latest, qualifier);
  }
}
