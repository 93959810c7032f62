import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../cloud/cloud.ts";
import { streamHops } from "./hopStream.ts";

/** What people look at: the page, the stack's outputs, the events as they happen. */
export type ConsoleServer = {
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
  /** Tells the outputs, once the program has run. */
  readonly setOutputs: (outputs: Readonly<Record<string, unknown>>) => void;
};

export function consoleServer(cloud: Cloud): ConsoleServer {
  let outputs: Readonly<Record<string, unknown>> | undefined;
  return {
    setOutputs: (known) => {
      outputs = known;
    },
    serve: (request, response) => {
      const { pathname } = new URL(request.url ?? "/", "http://127.0.0.1");
      if (pathname === "/_fanout/outputs") return sendOutputs(response, outputs);
      if (pathname === "/_fanout/events") return streamHops(cloud.trace, request, response);
      sendText(response, 404, `There is nothing at ${pathname}.\n`);
    },
  };
}

function sendOutputs(
  response: ServerResponse,
  outputs: Readonly<Record<string, unknown>> | undefined,
): void {
  if (outputs === undefined) {
    sendText(response, 503, "The program has not run yet.\n");
  } else {
    response.writeHead(200, { "content-type": "application/json" });
    response.end(JSON.stringify(outputs, undefined, 2));
  }
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}
