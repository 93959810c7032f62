import { randomBytes } from "node:crypto";
import type { Clock } from "../../../time/clock.ts";
import { qualifierOf } from "../functionArn.ts";
import { logGroupName } from "./variables.ts";
import type { FunctionVersion } from "./version.ts";

/** A piece of a function's log, as it is written. */
export type LogEntry = {
  readonly functionArn: string;
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Cloud time, in milliseconds since 1970. */
  readonly time: number;
  /** One or more lines, or a part of one. */
  readonly text: string;
};

/** How much is kept of what one invocation prints, in characters: the end of it. */
const kept = 256 * 1024;

/** The log stream of one execution environment. */
export class EnvironmentLog {
  readonly streamName: string;
  readonly #version: FunctionVersion;
  readonly #clock: Clock;
  readonly #onLog: (entry: LogEntry) => void;
  #text = "";

  constructor(version: FunctionVersion, clock: Clock, onLog: (entry: LogEntry) => void) {
    const day = new Date(clock.now()).toISOString().slice(0, 10).replaceAll("-", "/");
    this.streamName = `${day}/[${qualifierOf(version.functionArn)}]${randomBytes(16).toString("hex")}`;
    this.#version = version;
    this.#clock = clock;
    this.#onLog = onLog;
  }

  write(text: string): void {
    this.#text += text;
    if (this.#text.length > 2 * kept) this.#text = this.#text.slice(-kept);
    this.#onLog({
      functionArn: this.#version.functionArn,
      logGroupName: logGroupName(this.#version.functionName),
      logStreamName: this.streamName,
      time: this.#clock.now(),
      text,
    });
  }

  /** What was written since the last call. */
  take(): string {
    const text = this.#text;
    this.#text = "";
    return text;
  }
}
