import { availableParallelism } from "node:os";
import type { Clock } from "../../../time/clock.ts";
import type { InvocationResult } from "../interface.ts";
import { EnvironmentLog, type LogEntry } from "./environmentLog.ts";
import { ExecutionEnvironment } from "./executionEnvironment.ts";
import type { HandlerTimer } from "./handlerTimer.ts";
import { runtimeCommand } from "./runtimes.ts";
import { environmentVariables } from "./variables.ts";
import type { Credentials, FunctionVersion } from "./version.ts";

export type EnvironmentsOptions = {
  readonly clock: Clock;
  readonly region: string;
  /** Where the handlers' SDKs send their calls. */
  readonly endpoint: () => string;
  readonly credentials: (roleArn: string) => Credentials;
  /** The path of the bootstrap of Node.js functions, once it is written. */
  readonly bootstrap: () => Promise<string>;
  readonly onLog: (entry: LogEntry) => void;
  readonly timer: HandlerTimer;
};

/** How many environments wait for their next invocation at most: each is a process of about 50 MB. */
const mostWarm = 8 * availableParallelism();

/** How long an environment waits for its next invocation, in the machine's milliseconds. */
const longestIdle = 10 * 60 * 1000;

/** All execution environments: started when an invocation finds none free, then kept warm and reused. */
export class Environments {
  readonly #options: EnvironmentsOptions;
  readonly #busy = new Set<ExecutionEnvironment>();
  readonly #retired = new WeakSet<FunctionVersion>();
  /** The least recently used first. */
  #warm: { environment: ExecutionEnvironment; since: number }[] = [];
  #sweep: NodeJS.Timeout | undefined;
  #closed = false;

  constructor(options: EnvironmentsOptions) {
    this.#options = options;
  }

  /**
   * Runs the handler once, in an environment that does nothing else meanwhile.
   *
   * @returns `throttled` once everything is closed
   */
  async run(version: FunctionVersion, requestId: string, event: string): Promise<InvocationResult> {
    const bootstrap = await this.#options.bootstrap();
    if (this.#closed) return { outcome: "throttled", requestId };
    const environment = this.#takeWarm(version) ?? this.#start(version, bootstrap);
    this.#busy.add(environment);
    const result = await environment.run(requestId, event);
    this.#busy.delete(environment);
    this.#keep(environment);
    return result;
  }

  /** No more invocations of this version: its environments end when their work is done. */
  retire(version: FunctionVersion): void {
    this.#retired.add(version);
    this.#endWarm(({ environment }) => environment.version === version);
  }

  /** Ends every environment, busy or idle. Resolves when all have ended. */
  async close(): Promise<void> {
    this.#closed = true;
    clearTimeout(this.#sweep);
    const environments = [...this.#busy, ...this.#warm.map(({ environment }) => environment)];
    this.#warm = [];
    await Promise.all(environments.map((environment) => environment.end()));
  }

  #takeWarm(version: FunctionVersion): ExecutionEnvironment | undefined {
    const index = this.#warm.findLastIndex(({ environment }) => environment.version === version);
    const [taken] = index < 0 ? [] : this.#warm.splice(index, 1);
    return taken?.environment.usable ? taken.environment : undefined;
  }

  #start(version: FunctionVersion, bootstrap: string): ExecutionEnvironment {
    const { clock, region, endpoint, credentials, onLog, timer } = this.#options;
    const log = new EnvironmentLog(version, clock, onLog);
    const variables = environmentVariables({
      version,
      region,
      endpoint: endpoint(),
      credentials: credentials(version.roleArn),
      logStreamName: log.streamName,
      parent: process.env,
    });
    const command = runtimeCommand(version, bootstrap);
    return new ExecutionEnvironment(version, { command, variables, log, timer });
  }

  #keep(environment: ExecutionEnvironment): void {
    if (this.#closed || this.#retired.has(environment.version)) {
      void environment.end();
      return;
    }
    if (!environment.usable) return;
    this.#warm.push({ environment, since: performance.now() });
    if (this.#warm.length > mostWarm) void this.#warm.shift()?.environment.end();
    this.#sweep ??= setTimeout(() => this.#endIdle(), longestIdle).unref();
  }

  #endIdle(): void {
    const oldest = performance.now() - longestIdle;
    this.#endWarm(({ since }) => since <= oldest);
    this.#sweep =
      this.#warm.length > 0 ? setTimeout(() => this.#endIdle(), longestIdle).unref() : undefined;
  }

  #endWarm(which: (warm: { environment: ExecutionEnvironment; since: number }) => boolean): void {
    const ending = this.#warm.filter(which);
    this.#warm = this.#warm.filter((warm) => !ending.includes(warm));
    for (const { environment } of ending) void environment.end();
  }
}
