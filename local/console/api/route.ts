import type { IncomingMessage, ServerResponse } from "node:http";
import * as v from "valibot";
import { AwsError } from "../../protocol/awsError.ts";

/** One path of the API. Reading is a GET; whatever changes something is a POST with a JSON body. */
export type Route =
  | { readonly method: "GET"; readonly answer: (query: URLSearchParams) => unknown }
  | { readonly method: "POST"; readonly answer: (body: unknown) => unknown };

export function get(answer: (query: URLSearchParams) => unknown): Route {
  return { method: "GET", answer };
}

/** @param input what the body must be */
export function post<Schema extends v.GenericSchema>(
  input: Schema,
  answer: (body: v.InferOutput<Schema>) => unknown,
): Route {
  return { method: "POST", answer: (body) => answer(parse(input, body)) };
}

/** The value of a parameter of the address. @throws AwsError */
export function required(query: URLSearchParams, name: string): string {
  const value = query.get(name);
  if (value) return value;
  throw new AwsError("MissingParameter", `The parameter "${name}" is missing.`);
}

/** A parameter of the address that is a number. @returns undefined where it is absent. @throws AwsError */
export function numberIn(query: URLSearchParams, name: string): number | undefined {
  const value = query.get(name);
  if (value === null) return undefined;
  if (/^\d+$/.test(value)) return Number(value);
  throw new AwsError(
    "InvalidParameter",
    `The parameter "${name}" must be a number (given "${value}").`,
  );
}

/**
 * Answers with what the route gives, as JSON; or with `{ "error": { "code", "message" } }`.
 *
 * A POST must say that its body is JSON: no page of another origin can send that unasked.
 */
export async function serveRoute(
  route: Route,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  try {
    if (request.method !== route.method) {
      throw new AwsError("MethodNotAllowed", `Use ${route.method}.`, { status: 405 });
    }
    const answer =
      route.method === "GET"
        ? route.answer(new URL(request.url ?? "/", "http://127.0.0.1").searchParams)
        : route.answer(await readJson(request));
    sendJson(response, 200, (await answer) ?? {});
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    const { code, message, status } = error;
    sendJson(response, status, { error: { code, message } });
  }
}

export function sendJson(response: ServerResponse, status: number, body: unknown): void {
  if (response.destroyed) return;
  response.writeHead(status, { "content-type": "application/json", "cache-control": "no-store" });
  response.end(JSON.stringify(body));
}

/** The largest body, in bytes: a message of 1 MiB, escaped. */
const largestBody = 8 * 2 ** 20;

async function readJson(request: IncomingMessage): Promise<unknown> {
  if (!/^application\/json\b/.test(request.headers["content-type"] ?? "")) {
    throw new AwsError(
      "UnsupportedMediaType",
      "Send the body with content-type application/json.",
      {
        status: 415,
      },
    );
  }
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request) {
    size += chunk.length;
    if (size <= largestBody) chunks.push(chunk);
  }
  if (size > largestBody) {
    throw new AwsError("EntityTooLarge", `The body has ${size} bytes; ${largestBody} are taken.`, {
      status: 413,
    });
  }
  try {
    return JSON.parse(Buffer.concat(chunks).toString());
  } catch {
    throw new AwsError("InvalidParameter", "The body is not JSON.");
  }
}

function parse<Schema extends v.GenericSchema>(schema: Schema, body: unknown) {
  const result = v.safeParse(schema, body);
  if (result.success) return result.output;
  const problems = result.issues.map(
    (issue) => `${v.getDotPath(issue) ?? "body"}: ${issue.message}`,
  );
  throw new AwsError("InvalidParameter", problems.join("; "));
}
