import { createServer, type IncomingMessage, type Server, type ServerResponse } from "node:http";
import { authenticatedCall, statedRoute } from "./authenticatedCall.ts";
import type { Authentication } from "./authentication/authenticate.ts";
import { AwsError, notSupported } from "./awsError.ts";
import { type DoorOptions, doorOf, originOfSite, otherOrigin } from "./browserOrigins.ts";
import type { Call, Reply } from "./call.ts";
import { errorReply } from "./errorReply.ts";
import { refusalOf } from "./loopbackGuard.ts";
import { readRequest } from "./readRequest.ts";
import type { ErrorForm } from "./route.ts";
import { sharePort } from "./sharedPort.ts";

/** The API of one AWS service. */
export type Service = (call: Call) => Promise<Reply>;

/** By signing name: `s3`, `sqs`, ... */
export type Services = Readonly<Record<string, Service>>;

export type EndpointOptions = EndpointHandlers & {
  /** 0 selects any free port. */
  readonly port: number;
};

/** What answers the requests. */
export type EndpointHandlers = Authentication &
  DoorOptions & {
    /** Any other service is rejected as not supported. */
    readonly services: Services;
    /** Serves people: `GET /` without a signature, and every path under `/_fanout/`. */
    readonly console: (request: IncomingMessage, response: ServerResponse) => void;
    /** What else is served to anyone who asks for its path, in PEM. @default nothing */
    readonly certificateAt?: (path: string) => Promise<string> | undefined;
    /** Called for every internal failure; the caller gets an error in AWS's form. */
    readonly onFailure: (message: string, error: unknown) => void;
  };

export type Endpoint = {
  readonly port: number;
  /** `http://127.0.0.1:PORT` */
  readonly url: string;
  /** Has these handlers answer from now on; requests that are being answered stay with the earlier ones. */
  use(handlers: EndpointHandlers): void;
  /** Stops listening and closes every connection, busy or idle. */
  close(): Promise<void>;
};

const host = "127.0.0.1";

/** What clients may call this server. */
const names = ["localhost", host];

/** Serves the certificate of HTTPS. */
const certificatePath = "/_fanout/certificate.pem";

/** Longer than SDKs keep an idle connection, so that none is closed under a request, in milliseconds. */
const keepAliveTimeout = 120_000;

/**
 * Serves AWS's protocols at `http://127.0.0.1:PORT`, on the loopback interface only, by HTTPS as well.
 * A caller is who its signature proves, or anonymous without one.
 * @throws Error when the port is in use
 */
export async function serveEndpoint(options: EndpointOptions): Promise<Endpoint> {
  let handlers: EndpointHandlers = options;
  const server = createServer({ keepAliveTimeout }, (request, response) => {
    serve(request, response, { ...handlers, certificateAt }).catch((error) => {
      handlers.onFailure(`${request.method} ${request.url}: the reply could not be sent`, error);
      response.destroy();
    });
  });
  const { certificate, closeConnections } = sharePort(server, names);
  const certificateAt = (path: string) =>
    path === certificatePath ? certificate() : handlers.certificateAt?.(path);
  const port = await listen(server, options.port);
  return {
    port,
    url: `http://${host}:${port}`,
    use: (next) => {
      handlers = next;
    },
    close: () => close(server, closeConnections),
  };
}

async function serve(
  request: IncomingMessage,
  response: ServerResponse,
  options: EndpointHandlers,
): Promise<void> {
  const door = doorOf(request, options);
  const refusal = refusalOf(request, door);
  if (refusal !== undefined) return refuse(response, refusal);
  const location = otherOrigin(request, door);
  if (location !== undefined) return redirect(response, location);
  const site = originOfSite(request);
  if (site !== undefined && admitSite(request, response, site)) return;
  const certificate = certificateFor(request, options);
  if (certificate !== undefined) return sendCertificate(response, await certificate);
  if (door !== "service") return options.console(request, response);
  const reply = await answer(request, response, options);
  if (response.destroyed) return;
  if (mayBeShown(request)) sandbox(response);
  send(reply, response);
}

/**
 * Lets a page of the program's sites read the answer, which comes from another origin than the page.
 *
 * @returns whether the request was a preflight, which is answered then
 */
function admitSite(request: IncomingMessage, response: ServerResponse, origin: string): boolean {
  response.setHeader("access-control-allow-origin", origin);
  response.setHeader("access-control-expose-headers", "*");
  response.setHeader("vary", "Origin");
  const method = request.headers["access-control-request-method"];
  if (request.method !== "OPTIONS" || method === undefined) return false;
  response.setHeader("access-control-allow-methods", method);
  const headers = request.headers["access-control-request-headers"];
  if (headers !== undefined) response.setHeader("access-control-allow-headers", headers);
  response.writeHead(204).end();
  return true;
}

/** Whether a browser may have sent it: none signs in a header. */
function mayBeShown({ headers }: IncomingMessage): boolean {
  return headers["sec-fetch-dest"] !== undefined || headers.authorization === undefined;
}

/** An object that is a page must not run as one of the console's: both have the same origin. */
function sandbox(response: ServerResponse): void {
  response.setHeader("content-security-policy", "sandbox");
  response.setHeader("x-content-type-options", "nosniff");
}

function redirect(response: ServerResponse, location: string): void {
  response.writeHead(307, { location, "cache-control": "no-store" }).end();
}

function refuse(response: ServerResponse, reason: string): void {
  response.setHeader("content-type", "text/plain; charset=utf-8");
  // HTTP/2 has no such header.
  if (response.req.httpVersionMajor < 2) response.setHeader("connection", "close");
  response.writeHead(403);
  response.end(`Refused: ${reason}.\n`);
}

function certificateFor({ method, url = "" }: IncomingMessage, options: EndpointHandlers) {
  return method === "GET" && url.endsWith(".pem") ? options.certificateAt?.(url) : undefined;
}

function sendCertificate(response: ServerResponse, pem: string): void {
  response.writeHead(200, { "content-type": "application/x-pem-file" });
  response.end(pem);
}

async function answer(
  request: IncomingMessage,
  response: ServerResponse,
  options: EndpointHandlers,
): Promise<Reply> {
  let form: ErrorForm = "s3";
  try {
    const read = await readRequest(request);
    const route = statedRoute(read);
    form = route.form;
    const service = serviceOf(options, route.service);
    return await service(authenticatedCall(read, response, route, options));
  } catch (error) {
    if (error instanceof AwsError) return errorReply(form, error);
    if (!hungUp(request)) options.onFailure(`${request.method} ${request.url} failed`, error);
    return errorReply(form, internalError(form, error));
  }
}

function serviceOf(options: EndpointHandlers, name: string): Service {
  const service = Object.hasOwn(options.services, name) ? options.services[name] : undefined;
  if (service === undefined) throw notSupported(`the service "${name}"`);
  return service;
}

/** Whether the caller disconnected before its request was read, which is not a failure of the cloud. */
function hungUp(request: IncomingMessage): boolean {
  return request.destroyed && !request.complete;
}

function internalError(form: ErrorForm, cause: unknown): AwsError {
  const code = form === "s3" ? "InternalError" : "InternalFailure";
  return new AwsError(code, `Fanout's local cloud failed: ${cause}`, { status: 500 });
}

/** A text goes out together with the headers, in one write. */
function send(reply: Reply, response: ServerResponse): void {
  const { status, body } = reply;
  const headers = {
    ...(status === 204 || status === 304 ? {} : { "content-length": Buffer.byteLength(body) }),
    ...reply.headers,
  };
  response.writeHead(status, { ...headers, ...dispositionOf(headers) });
  response.end(body);
}

/** Node decodes this one header as UTF-8 in a reply with a length, whose bytes are to stay as they are. */
function dispositionOf(
  headers: Readonly<Record<string, string | number>>,
): Readonly<Record<string, string>> {
  const { "content-disposition": disposition, "content-length": length } = headers;
  if (typeof disposition !== "string" || !(Number(length) > 0)) return {};
  return { "content-disposition": Buffer.from(disposition).toString("latin1") };
}

async function listen(server: Server, port: number): Promise<number> {
  await new Promise<void>((resolve, reject) => {
    server.once("error", (error) => reject(listenError(error, port)));
    server.listen(port, host, resolve);
  });
  const address = server.address();
  return typeof address === "object" && address !== null ? address.port : port;
}

function listenError(cause: NodeJS.ErrnoException, port: number): Error {
  const problem =
    cause.code === "EADDRINUSE"
      ? `port ${port} on ${host} is in use: stop the program that has it (another local run?), or choose another with --port`
      : `cannot listen on ${host}:${port}: ${cause.message}`;
  return new Error(problem, { cause });
}

async function close(server: Server, closeConnections: () => void): Promise<void> {
  const closed = new Promise<void>((resolve) => server.close(() => resolve()));
  closeConnections();
  await closed;
}
