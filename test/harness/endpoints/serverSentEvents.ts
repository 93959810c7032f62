import { once } from "node:events";
import { get, type IncomingMessage } from "node:http";
import { createInterface } from "node:readline";

export type ServerSentEvent = {
  readonly event: string;
  readonly id?: string;
  readonly data: unknown;
};

/** A reader of server-sent events, which reads as slowly as the test does. */
export type EventReader = {
  /** Reads on until an event fits, and gives all that were read, this one last. */
  until(fits: (event: ServerSentEvent) => boolean): Promise<ServerSentEvent[]>;
  close(): void;
};

export async function readEvents(
  url: string,
  headers: Readonly<Record<string, string>> = {},
): Promise<EventReader> {
  const request = get(url, { headers });
  const [response]: IncomingMessage[] = await once(request, "response");
  if (response === undefined) throw new Error(`${url} gave no response`);
  const events = parse(response);
  return {
    async until(fits) {
      const read: ServerSentEvent[] = [];
      for (;;) {
        const { value, done } = await events.next();
        if (done) throw new Error(`${url} ended after ${JSON.stringify(read.at(-1))}`);
        read.push(value);
        if (fits(value)) return read;
      }
    },
    close: () => request.destroy(),
  };
}

async function* parse(response: IncomingMessage): AsyncGenerator<ServerSentEvent, void> {
  let fields: Record<string, string> = {};
  for await (const line of createInterface({ input: response })) {
    const [, name = "", value = ""] = /^(\w*): ?(.*)$/.exec(line) ?? [];
    if (name !== "") fields[name] = value;
    if (line !== "" || fields.data === undefined) continue;
    const { event = "message", id, data } = fields;
    yield { event, ...(id !== undefined && { id }), data: JSON.parse(data) };
    fields = {};
  }
}
