import type { IncomingMessage, ServerResponse } from "node:http";
import type { Hop } from "../trace/hop.ts";
import type { Trace } from "../trace/trace.ts";

/** With `?batch`, milliseconds that hops are gathered, and the most that one event has: a reader is not to be held up. */
const gathering = 50;
const mostInBatch = 500;

/**
 * Streams hops as server-sent events, an event `hop` each, with the hop's sequence as its id: first
 * those that are still known, then each as it happens. With `Last-Event-ID`, or with `?after=` in the
 * address, it begins after the hop of that sequence. With `?batch`, an event `hops` has several hops, as an array:
 * thousands in a second cost the reader less.
 *
 * A reader that is too slow delays no other. An event `gap` reports what it missed,
 * `{ "missed": 120 }`.
 */
export function streamHops(trace: Trace, request: IncomingMessage, response: ServerResponse): void {
  const { searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
  const isBatched = searchParams.has("batch");
  let last = startOf(request, searchParams, trace);
  let full = false;
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    connection: "keep-alive",
  });
  response.write(": every hop of every event\n\n");

  function send(): void {
    if (full) return;
    const hops = trace.after(last);
    for (let place = 0; place < hops.length && !full; ) {
      const chunk = hops.slice(place, place + (isBatched ? mostInBatch : 1));
      place += chunk.length;
      full = !response.write(gapBefore(chunk, last) + eventOf(chunk, isBatched));
      last = chunk.at(-1)?.sequence ?? last;
    }
  }

  let timer: NodeJS.Timeout | undefined;
  function gather(): void {
    timer ??= setTimeout(() => {
      timer = undefined;
      send();
    }, gathering);
  }

  const unlisten = trace.listen(isBatched ? gather : send);
  response.on("drain", () => {
    full = false;
    send();
  });
  response.on("close", () => {
    unlisten();
    clearTimeout(timer);
  });
  send();
}

function eventOf(hops: readonly Hop[], isBatched: boolean): string {
  const [first] = hops;
  const [name, data] = isBatched ? ["hops", hops] : ["hop", first];
  return `event: ${name}\nid: ${hops.at(-1)?.sequence}\ndata: ${JSON.stringify(data)}\n\n`;
}

/** @param last sequence of the latest hop that was sent; 0 for none */
function gapBefore([first]: readonly Hop[], last: number): string {
  const missed = last === 0 || first === undefined ? 0 : first.sequence - last - 1;
  return missed > 0 ? `event: gap\ndata: ${JSON.stringify({ missed })}\n\n` : "";
}

/** A sequence that is yet to come is of an earlier run, of which nothing is known here. */
function startOf(
  { headers }: IncomingMessage,
  searchParams: URLSearchParams,
  trace: Trace,
): number {
  const after = Number(headers["last-event-id"] ?? searchParams.get("after") ?? 0);
  const latest = trace.recent().at(-1)?.sequence ?? 0;
  return Number.isInteger(after) && after > 0 && after <= latest ? after : 0;
}
