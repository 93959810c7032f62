import { type ChildProcess, spawn } from "node:child_process";
import { once } from "node:events";
import { Socket } from "node:net";
import { encodeFrame, type Frame, FrameReader, type InvocationHead } from "../bootstrap/frames.ts";
import { qualifierOf } from "../functionArn.ts";
import type { InvocationResult } from "../interface.ts";
import { type Answer, answerOf, type Ending } from "./ending.ts";
import type { EnvironmentLog } from "./environmentLog.ts";
import type { HandlerTimer } from "./handlerTimer.ts";
import { invocationTrace } from "./invocationTrace.ts";
import { endLines, type Report, startLine } from "./report.ts";
import { type RuntimeCommand, startFailure } from "./runtimes.ts";
import type { FunctionVersion } from "./version.ts";

export type EnvironmentOptions = {
  /** What runs the bootstrap. */
  readonly command: RuntimeCommand;
  /** All the environment variables that the handler sees. */
  readonly variables: Readonly<Record<string, string>>;
  /** Takes what the handler prints, and the platform's lines around it. */
  readonly log: EnvironmentLog;
  /** Limits the initialisation and each invocation. */
  readonly timer: HandlerTimer;
};

/** What ends the initialisation and each invocation. */
type PhaseEnd = { readonly kind: "ready" } | Exclude<Ending, { kind: "answered" }>;

/** Lambda ends an initialisation after 10 seconds, and tries once more within the function's timeout. */
const initSeconds = 10;

/** How long a process that has ended is still listened to, in milliseconds. */
const lastOutputTime = 500;

/**
 * A process that runs one version of a function, one invocation at a time. Timeouts are in the
 * machine's time: a handler needs its real seconds, however fast the cloud's clock goes.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/lambda-runtime-environment.html
 */
export class ExecutionEnvironment {
  readonly version: FunctionVersion;
  readonly #log: EnvironmentLog;
  readonly #timer: HandlerTimer;
  readonly #child: ChildProcess;
  readonly #channel: Socket;
  readonly #frames = new FrameReader();
  readonly #started = performance.now();
  #initialised = false;
  #exited: PhaseEnd | undefined;
  #answer: Answer | undefined;
  #maxMemoryMb = 0;
  #lastOutput: NodeJS.Timeout | undefined;
  #endPhase: (end: PhaseEnd) => void = () => {};

  constructor(version: FunctionVersion, options: EnvironmentOptions) {
    this.version = version;
    this.#log = options.log;
    this.#timer = options.timer;
    const { program, parameters } = options.command;
    this.#child = spawn(program, parameters, {
      cwd: version.codeDirectory,
      env: options.variables,
      // The last two are the frames' and the lifeline's; see the bootstrap.
      stdio: ["ignore", "pipe", "pipe", "pipe", "pipe"],
      // A process group of its own: what the handler starts ends with it, and a Ctrl-C at the
      // terminal reaches the local cloud alone.
      detached: true,
    });
    this.#channel = this.#listen(options.command);
  }

  /** False once the process has ended: it accepts no more invocations. */
  get usable(): boolean {
    return this.#exited === undefined;
  }

  /** Runs the handler. Resolves whatever the handler does. */
  async run(requestId: string, event: string): Promise<InvocationResult> {
    const cold = !this.#initialised;
    let end = cold ? await this.#initialise() : ({ kind: "ready" } as const);
    const begun = performance.now();
    this.#log.write(startLine(requestId, qualifierOf(this.version.functionArn)));
    if (end.kind === "ready") {
      this.#send(requestId, event);
      end = await this.#phase(this.version.timeoutSeconds);
    }
    return this.#conclude({
      requestId,
      ending: this.#endingOf(end),
      milliseconds: end.kind === "timedOut" ? end.seconds * 1000 : performance.now() - begun,
      ...(cold ? { initMilliseconds: begun - this.#started } : {}),
      memoryMb: this.version.memoryMb,
      maxMemoryMb: this.#maxMemoryMb,
    });
  }

  /** Ends the process and its children immediately. Resolves when it has ended. */
  async end(): Promise<void> {
    if (this.#exited) return;
    this.#kill();
    await once(this.#child, "close");
  }

  async #initialise(): Promise<PhaseEnd> {
    this.#initialised = true;
    return await this.#phase(Math.max(initSeconds, this.version.timeoutSeconds));
  }

  #send(requestId: string, event: string): void {
    this.#answer = undefined;
    const deadline = Date.now() + this.version.timeoutSeconds * 1000;
    const { functionArn } = this.version;
    const traceHeader = invocationTrace(requestId);
    const head: InvocationHead = { requestId, functionArn, deadline, traceHeader };
    this.#channel.write(encodeFrame("invocation", `${JSON.stringify(head)}\n${event}`));
  }

  /** Waits until the process requests the next invocation, ends, or times out. */
  async #phase(seconds: number): Promise<PhaseEnd> {
    if (this.#exited) return this.#exited;
    const { promise, resolve } = Promise.withResolvers<PhaseEnd>();
    this.#endPhase = resolve;
    let timedOut = false;
    const cancel = this.#timer(seconds, () => {
      timedOut = true;
      this.#kill();
    });
    const end = await promise;
    cancel();
    return timedOut ? { kind: "timedOut", seconds } : end;
  }

  #endingOf(end: PhaseEnd): Ending {
    const answer = this.#answer;
    if (end.kind === "timedOut") return end;
    if (end.kind === "exited") return { ...end, ...(answer ? { answer } : {}) };
    if (answer === undefined) throw new Error("The bootstrap went on without answering.");
    return { kind: "answered", answer };
  }

  #conclude(report: Report): InvocationResult {
    const { requestId, milliseconds } = report;
    this.#log.write(endLines(report));
    const executedVersion = qualifierOf(this.version.functionArn);
    const ended = { requestId, milliseconds, log: this.#log.take(), executedVersion };
    const answer = answerOf(report.ending, requestId);
    return answer.kind === "response"
      ? { outcome: "succeeded", payload: answer.payload, ...ended }
      : { outcome: "failed", error: answer.error, ...ended };
  }

  #listen(command: RuntimeCommand): Socket {
    const [, output, errors, channel] = this.#child.stdio;
    if (!(channel instanceof Socket && output instanceof Socket && errors instanceof Socket)) {
      throw new Error("The child's pipes are missing.");
    }
    channel.on("data", (chunk) => {
      for (const frame of this.#frames.push(chunk)) this.#take(frame);
    });
    // A write to a process that has just ended fails; its end itself is told by "close".
    channel.on("error", () => {});
    for (const stream of [output, errors]) {
      stream.setEncoding("utf8").on("data", (text: string) => this.#log.write(text));
    }
    this.#child.on("error", (error) => this.#log.write(startFailure(command, error)));
    this.#child.on("exit", () => {
      this.#kill();
      // A process that has left the group may hold the pipes open for as long as it likes.
      this.#lastOutput = setTimeout(() => {
        for (const stream of [output, errors, channel]) stream.destroy();
      }, lastOutputTime);
    });
    this.#child.on("close", (code, signal) => {
      clearTimeout(this.#lastOutput);
      this.#exited = { kind: "exited", code, signal };
      this.#endPhase(this.#exited);
    });
    return channel;
  }

  #take({ kind, text }: Frame): void {
    if (kind === "log") this.#log.write(text);
    if (kind === "response") this.#answer = { kind, payload: text };
    if (kind === "error") this.#answer = { kind, error: JSON.parse(text) };
    if (kind === "next") {
      this.#maxMemoryMb = Math.ceil(Number(text) / 2 ** 20);
      this.#endPhase({ kind: "ready" });
    }
  }

  #kill(): void {
    if (this.#child.pid === undefined) return;
    try {
      process.kill(-this.#child.pid, "SIGKILL");
    } catch (error) {
      // Nothing of the process group is left to be killed.
      if (!(error instanceof Error && "code" in error && error.code === "ESRCH")) throw error;
    }
  }
}
