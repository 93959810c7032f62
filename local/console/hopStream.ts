import type { IncomingMessage, ServerResponse } from "node:http";
import type { Hop } from "../cloud/trace/hop.ts";
import type { Trace } from "../cloud/trace/trace.ts";

/**
 * Streams hops as server-sent events, one event `hop` each, with the hop's sequence as its id: first
 * those that are still known, or with `Last-Event-ID` those that come after it, then each as it happens.
 */
export function streamHops(trace: Trace, request: IncomingMessage, response: ServerResponse): void {
  const last = Number(request.headers["last-event-id"] ?? 0);
  response.writeHead(200, {
    "content-type": "text/event-stream",
    "cache-control": "no-store",
    connection: "keep-alive",
  });
  response.write(": every hop of every event\n\n");
  const send = (hop: Hop) =>
    response.write(`event: hop\nid: ${hop.sequence}\ndata: ${JSON.stringify(hop)}\n\n`);
  for (const hop of trace.recent()) if (hop.sequence > last) send(hop);
  response.on("close", trace.listen(send));
}
