import { AwsError } from "../../protocol/awsError.ts";

/** What a function has printed. */
export type Printed = {
  readonly logGroupName: string;
  readonly logStreamName: string;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
  /** One or more lines, or a part of one. */
  readonly text: string;
};

/** A line of a log. */
export type LogEvent = {
  /** Unique, and rising in the order of writing. */
  readonly id: number;
  readonly streamName: string;
  /** Cloud time in milliseconds since 1970. */
  readonly timestamp: number;
  readonly message: string;
};

export type LogStream = {
  readonly name: string;
  readonly createdAt: number;
  readonly lastEventAt: number;
};

type Group = {
  readonly createdAt: number;
  readonly streams: Map<string, LogStream>;
  /** The end of what is not yet a whole line, by stream. */
  readonly rests: Map<string, string>;
  events: LogEvent[];
  size: number;
};

/** Of an event, in characters. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/cloudwatch_limits_cwl.html */
const longest = 1024 * 1024;

/** How much of a group is kept, in characters: its end. */
const kept = 1024 * 1024;

/** CloudWatch Logs, as far as functions write to it: the latest lines of each function. */
export class LogStreams {
  readonly #groups = new Map<string, Group>();
  #lastId = 0;

  /** Takes what a function prints; an event is a line. */
  write({ logGroupName, logStreamName: stream, time, text }: Printed): void {
    const group = this.#groupFor(logGroupName, time);
    const createdAt = group.streams.get(stream)?.createdAt ?? time;
    group.streams.set(stream, { name: stream, createdAt, lastEventAt: time });
    const [end = "", ...lines] = text.split("\n").reverse();
    for (const line of lines.reverse()) {
      this.#add(group, stream, time, `${group.rests.get(stream) ?? ""}${line}\n`);
      group.rests.delete(stream);
    }
    const rest = (group.rests.get(stream) ?? "") + end;
    if (rest.length >= longest) this.#add(group, stream, time, rest);
    group.rests.set(stream, rest.length >= longest ? "" : rest);
  }

  /** @returns names of groups, and when they began */
  groups(): { readonly name: string; readonly createdAt: number }[] {
    return [...this.#groups].map(([name, { createdAt }]) => ({ name, createdAt }));
  }

  /** @throws AwsError ResourceNotFoundException */
  streams(group: string): LogStream[] {
    return [...this.#group(group).streams.values()];
  }

  /**
   * The kept events of a group, oldest first.
   *
   * @throws AwsError ResourceNotFoundException
   */
  events(group: string): readonly LogEvent[] {
    return this.#group(group).events;
  }

  /** @throws AwsError ResourceNotFoundException */
  delete(group: string): void {
    this.#group(group);
    this.#groups.delete(group);
  }

  #add(group: Group, streamName: string, timestamp: number, message: string): void {
    group.events.push({ id: ++this.#lastId, streamName, timestamp, message });
    group.size += message.length;
    if (group.size <= 2 * kept) return;
    while (group.size > kept) group.size -= group.events.shift()?.message.length ?? 0;
  }

  #groupFor(name: string, now: number): Group {
    const found = this.#groups.get(name);
    if (found !== undefined) return found;
    const group = {
      createdAt: now,
      streams: new Map(),
      rests: new Map(),
      events: [],
      size: 0,
    };
    this.#groups.set(name, group);
    return group;
  }

  #group(name: string): Group {
    const found = this.#groups.get(name);
    if (found !== undefined) return found;
    const message = "The specified log group does not exist.";
    throw new AwsError("ResourceNotFoundException", message);
  }
}
