import { AssertionError } from "node:assert";
import { isDeepStrictEqual, styleText } from "node:util";
import type { LocalRun } from "../local/localRun.ts";
import { type SystemOutputs, systemOutputs, textOutput } from "../local/systems/stackOutputs.ts";
import type { Hop } from "../local/trace/hop.ts";
import { AwsCalls, type MessageToPublish } from "./awsCalls.ts";
import type { Clients } from "./clients.ts";
import { eventPath } from "./eventPath.ts";
import { hasEnded } from "./eventProgress.ts";

/** The longest wait of a scene, in seconds of the machine's clock. */
const longestWaitSeconds = 30;

export type SceneRunnerOptions = {
  /** Receives each line of output. @default prints it */
  readonly print?: (line: string) => void;
  /** Pauses between two looks at a condition. @default until the next hop, 200 ms at most */
  readonly pause?: () => Promise<void>;
};

/** Runs scenes on a local run: publishes, waits, checks, and prints what happens. */
export class SceneRunner {
  readonly run: LocalRun;
  readonly aws: AwsCalls;
  readonly #print: (line: string) => void;
  readonly #pause: () => Promise<void>;
  readonly #colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  #failures = 0;
  #checks = 0;

  constructor(run: LocalRun, clients: Clients, options: SceneRunnerOptions = {}) {
    this.run = run;
    this.aws = new AwsCalls(clients);
    this.#print = options.print ?? console.log;
    this.#pause = options.pause ?? (() => this.#nextHop(200));
  }

  get checks(): number {
    return this.#checks;
  }

  get failures(): number {
    return this.#failures;
  }

  system(name: string): SystemOutputs {
    return systemOutputs(this.run.outputs, name);
  }

  /** An output of a system, such as the name of a table. */
  output(system: string, name: string): string {
    return textOutput(this.system(system), name);
  }

  queueUrl(system: string, consumer: string): string {
    return required(this.system(system).consumers[consumer]?.queueUrl, system, consumer);
  }

  deadLetterQueueUrl(system: string, consumer: string): string {
    return required(this.system(system).consumers[consumer]?.deadLetterQueueUrl, system, consumer);
  }

  /** Publishes to a system's topic. @returns the message id, which is the id of the event */
  publish(system: string, message: MessageToPublish): Promise<string> {
    return this.aws.publish(this.system(system).topicArn, message);
  }

  /** Publishes many messages at once. @returns their message ids, in order */
  publishAll(system: string, messages: readonly MessageToPublish[]): Promise<string[]> {
    return this.aws.publishAll(this.system(system).topicArn, messages);
  }

  say(text: string): void {
    this.#print(`  ${text}`);
  }

  heading(text: string): void {
    this.#print(`\n${this.#paint("bold", text)}`);
  }

  /**
   * Waits until the condition holds. A wait that runs out, after 30 seconds, counts as a failed check.
   *
   * @param what is waited for, as the failed check reports it
   */
  async until(what: string, condition: () => boolean | Promise<boolean>): Promise<void> {
    const deadline = performance.now() + longestWaitSeconds * 1000;
    while (!(await condition())) {
      if (performance.now() >= deadline) {
        this.#checks++;
        this.#fail(`waited ${longestWaitSeconds} s in vain: ${what}`);
        return;
      }
      await this.#pause();
    }
  }

  /** Waits until the cloud's clock is that many seconds later. */
  async untilPassed(seconds: number): Promise<void> {
    const { clock } = this.run.cloud;
    const end = clock.now() + seconds * 1000;
    await this.until(`${seconds} s pass on the cloud's clock`, () => clock.now() >= end);
  }

  /** Waits until an event has come to its end at every subscription. */
  async untilDone(event: string): Promise<void> {
    const { cloud } = this.run;
    await this.until(`event ${event} comes to its end everywhere`, () =>
      hasEnded(cloud, this.hopsOf(event)),
    );
  }

  hopsOf(event: string): Hop[] {
    return this.run.cloud.trace.recent().filter((hop) => hop.event === event);
  }

  /** Prints the path of an event. */
  showPath(title: string, event: string): void {
    this.#print(`  ${this.#paint("cyan", title)}`);
    for (const line of eventPath(this.hopsOf(event))) this.#print(`    ${line}`);
  }

  /** Compares deeply and prints the result: for a failed check, the difference. */
  check(what: string, found: unknown, expected: unknown): void {
    this.#checks++;
    if (isDeepStrictEqual(found, expected)) {
      this.#print(`  ${this.#paint("green", "ok")}   ${what}`);
    } else {
      this.#fail(what, differenceOf(found, expected));
    }
  }

  #fail(what: string, details: readonly string[] = []): void {
    this.#failures++;
    this.#print(`  ${this.#paint("red", "FAIL")} ${what}`);
    for (const line of details) this.#print(`       ${line}`);
  }

  #nextHop(mostMilliseconds: number): Promise<void> {
    return new Promise((resolve) => {
      const timer = setTimeout(done, mostMilliseconds);
      const stop = this.run.cloud.trace.listen(done);
      function done() {
        clearTimeout(timer);
        stop();
        resolve();
      }
    });
  }

  #paint(style: Parameters<typeof styleText>[0], text: string): string {
    return this.#colours ? styleText(style, text) : text;
  }
}

function required(queueUrl: string | undefined, system: string, consumer: string): string {
  if (queueUrl !== undefined) return queueUrl;
  throw new Error(`${system}/${consumer} has no such queue; its outputs are in /_fanout/outputs`);
}

/** Lines that only one side has are marked by `+` and `-`. */
function differenceOf(found: unknown, expected: unknown): string[] {
  const operator = "deepStrictEqual";
  const { message } = new AssertionError({ actual: found, expected, operator });
  const [, ...lines] = message.split("\n").filter((line) => line !== "");
  return lines.map((line) =>
    line.replace(/\+.* actual\b/, (marked) => marked.replace("actual", "found")),
  );
}
