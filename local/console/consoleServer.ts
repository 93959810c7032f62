import type { IncomingMessage, ServerResponse } from "node:http";
import type { Cloud } from "../cloud.ts";
import type { Examples } from "../systems/examples.ts";
import { consoleApi } from "./api/consoleApi.ts";
import { type Route, sendJson, serveRoute } from "./api/route.ts";
import { streamHops } from "./hopStream.ts";
import type { RunRecords } from "./records.ts";
import { mailPath, serveMail } from "./serveMail.ts";
import { objectPath, serveObject } from "./serveObject.ts";
import { servePage } from "./servePage.ts";
import { describeSystems } from "./systems/describeSystems.ts";

/** What people look at: the page and what it asks, the stack's outputs, the events as they happen. */
export type ConsoleServer = {
  readonly serve: (request: IncomingMessage, response: ServerResponse) => void;
  /** Tells the outputs, once the program has run. */
  readonly setOutputs: (outputs: Outputs) => void;
};

export type ConsoleOptions = {
  readonly cloud: Cloud;
  readonly records: RunRecords;
  readonly stack: string;
  /** Messages and files to try the systems with. */
  readonly examples: Examples;
  /** How this run differs from AWS, for the reader: `permissions off`, ... */
  readonly modes: readonly string[];
  /** What is wrong with the handlers as they are saved now. */
  readonly problems: () => readonly string[];
  /** Of the stack that an engine in another process deployed, asked each time. @default none */
  readonly deployedOutputs?: (() => Outputs) | undefined;
  /** Told of every failure that is the console's own. */
  readonly onFailure: (message: string, error: unknown) => void;
};

type Outputs = Readonly<Record<string, unknown>>;

const notYet = {
  error: { code: "ServiceUnavailable", message: "The program has not run yet: ask again." },
};

const apiPath = "/_fanout/api/";

export function consoleServer(options: ConsoleOptions): ConsoleServer {
  const { cloud, onFailure } = options;
  let outputs: Outputs | undefined;
  const api = consoleApi({
    ...options,
    systems: () => describeSystems(cloud, known(outputs ?? {})),
  });

  function known(own: Outputs): Outputs {
    return { ...options.deployedOutputs?.(), ...own };
  }

  async function answer(request: IncomingMessage, response: ServerResponse): Promise<void> {
    const { pathname, searchParams } = new URL(request.url ?? "/", "http://127.0.0.1");
    if (pathname === "/") return servePage(response);
    if (pathname === "/_fanout/events") return streamHops(cloud.trace, request, response);
    if (pathname.startsWith(mailPath)) return serveMail(cloud.outbox, pathname, response);
    if (pathname === objectPath) return serveObject(cloud.buckets, searchParams, response);
    if (outputs === undefined) return sendJson(response, 503, notYet);
    if (pathname === "/_fanout/outputs") return sendOutputs(response, known(outputs));
    const route = routeAt(pathname);
    if (route !== undefined) return serveRoute(route, request, response);
    sendText(response, 404, `There is nothing at ${pathname}.\n`);
  }

  function routeAt(pathname: string): Route | undefined {
    const name = pathname.startsWith(apiPath) ? pathname.slice(apiPath.length) : "";
    return Object.hasOwn(api, name) ? api[name] : undefined;
  }

  return {
    setOutputs: (latest) => {
      outputs = latest;
    },
    serve: (request, response) => {
      answer(request, response).catch((error: unknown) => {
        onFailure(`${request.method} ${request.url} failed`, error);
        const message = `The console failed: ${error}`;
        if (response.headersSent) response.destroy();
        else sendJson(response, 500, { error: { code: "InternalFailure", message } });
      });
    },
  };
}

function sendOutputs(response: ServerResponse, outputs: Outputs): void {
  response.writeHead(200, { "content-type": "application/json" });
  response.end(JSON.stringify(outputs, undefined, 2));
}

function sendText(response: ServerResponse, status: number, text: string): void {
  response.writeHead(status, { "content-type": "text/plain; charset=utf-8" });
  response.end(text);
}
