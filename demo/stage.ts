import { styleText } from "node:util";
import { PublishCommand } from "@aws-sdk/client-sns";
import type { LocalRun } from "../local/localRun.ts";
import type { Hop } from "../local/trace/hop.ts";
import type { Clients } from "./clients.ts";
import { eventPath } from "./eventPath.ts";
import { type SystemOutputs, systemOutputs } from "./outputs.ts";

/** The longest that anything in a demo is waited for, in seconds of the machine's clock. */
const longestWaitSeconds = 30;

export type Message = {
  readonly message: unknown;
  readonly attributes?: Readonly<Record<string, string>>;
  readonly groupId?: string;
};

export type StageOptions = {
  /** Is told every line. @default prints it */
  readonly print?: (line: string) => void;
  /** Waits a moment for something to happen. @default for the next hop, or a fifth of a second */
  readonly pass?: () => Promise<void>;
};

/** What a scene plays on: the running program, ways to send, wait and check, and the audience. */
export class Stage {
  readonly run: LocalRun;
  readonly clients: Clients;
  readonly #print: (line: string) => void;
  readonly #pass: () => Promise<void>;
  readonly #colours = process.stdout.isTTY === true && process.env.NO_COLOR === undefined;
  #failures = 0;
  #checks = 0;

  constructor(run: LocalRun, clients: Clients, options: StageOptions = {}) {
    this.run = run;
    this.clients = clients;
    this.#print = options.print ?? console.log;
    this.#pass = options.pass ?? (() => this.#nextHop(200));
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

  say(text: string): void {
    this.#print(`  ${text}`);
  }

  heading(text: string): void {
    this.#print(`\n${this.#paint("bold", text)}`);
  }

  /** Publishes and gives the message's id. */
  async publish(topicArn: string, { message, attributes, groupId }: Message): Promise<string> {
    const { MessageId = "" } = await this.clients.sns.send(
      new PublishCommand({
        TopicArn: topicArn,
        Message: typeof message === "string" ? message : JSON.stringify(message),
        MessageGroupId: groupId,
        MessageAttributes: Object.fromEntries(
          Object.entries(attributes ?? {}).map(([name, value]) => [
            name,
            { DataType: "String", StringValue: value },
          ]),
        ),
      }),
    );
    return MessageId;
  }

  /** Waits until the condition holds, looking again and again; gives up after half a minute. */
  async until(condition: () => boolean | Promise<boolean>): Promise<boolean> {
    const deadline = performance.now() + longestWaitSeconds * 1000;
    while (performance.now() < deadline) {
      if (await condition()) return true;
      await this.#pass();
    }
    return false;
  }

  /** Lets the cloud's clock go on by so many seconds. */
  async untilPassed(seconds: number): Promise<void> {
    const { clock } = this.run.cloud;
    const end = clock.now() + seconds * 1000;
    await this.until(() => clock.now() >= end);
  }

  /** Waits until an event has come to its end everywhere: each branch handled, dead-lettered or refused. */
  async untilDone(event: string): Promise<boolean> {
    return this.until(() => isDone(this.hopsOf(event)));
  }

  hopsOf(event: string): Hop[] {
    return this.run.cloud.trace.recent().filter((hop) => hop.event === event);
  }

  /** Shows the way that an event took. */
  showPath(title: string, event: string): void {
    this.#print(`  ${this.#paint("cyan", title)}`);
    for (const line of eventPath(this.hopsOf(event))) this.#print(`    ${line}`);
  }

  /** States something, and whether it is so: what was expected, and what was found. */
  check(what: string, found: unknown, expected: unknown): void {
    const right = JSON.stringify(found) === JSON.stringify(expected);
    this.#checks++;
    if (right) {
      this.#print(`  ${this.#paint("green", "ok")}   ${what}`);
    } else {
      this.#failures++;
      this.#print(`  ${this.#paint("red", "FAIL")} ${what}`);
      this.#print(`       expected ${JSON.stringify(expected)}`);
      this.#print(`       found    ${JSON.stringify(found)}`);
    }
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

/** Every delivery of the event was handled, moved to a dead-letter queue, filtered, refused or dropped. */
function isDone(hops: readonly Hop[]): boolean {
  const count = (...kinds: Hop["kind"][]) => hops.filter((hop) => kinds.includes(hop.kind)).length;
  const begun = count("queued");
  const ended = count("handled", "deadLettered", "deduplicated");
  return count("published") > 0 && begun > 0 && ended >= begun;
}
