import type { IncomingMessage, ServerResponse } from "node:http";
import type { Trace } from "../trace/trace.ts";

/**
 * Streams hops as server-sent events, an event `hop` each, with the hop's sequence as its id: first
 * those that are still known, then each as it happens. With `Last-Event-ID`, or with `?after=` in the
 * address, it begins after the hop of that sequence.
 *
 * A reader that is too slow delays no other. An event `gap` reports what it missed,
 * `{ "missed": 120 }`.
 */
export function streamHops(trace: Trace, request: IncomingMessage, response: ServerResponse): void {
  let last = startOf(request, trace);
  let full = false;
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    connection: "keep-alive",
  });
  response.write(": every hop of every event\n\n");

  function send(): void {
    if (full) return;
    for (const hop of trace.after(last)) {
      if (last > 0) sendGap(response, hop.sequence - last - 1);
      last = hop.sequence;
      full = !response.write(`event: hop\nid: ${last}\ndata: ${JSON.stringify(hop)}\n\n`);
      if (full) return;
    }
  }

  response.on("drain", () => {
    full = false;
    send();
  });
  response.on("close", trace.listen(send));
  send();
}

/** A sequence that is yet to come is of an earlier run, of which nothing is known here. */
function startOf({ headers, url = "/" }: IncomingMessage, trace: Trace): number {
  const { searchParams } = new URL(url, "http://127.0.0.1");
  const after = Number(headers["last-event-id"] ?? searchParams.get("after") ?? 0);
  const latest = trace.recent().at(-1)?.sequence ?? 0;
  return Number.isInteger(after) && after > 0 && after <= latest ? after : 0;
}

function sendGap(response: ServerResponse, missed: number): void {
  if (missed > 0) response.write(`event: gap\ndata: ${JSON.stringify({ missed })}\n\n`);
}
