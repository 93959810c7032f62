import type { Authorize } from "../../../protocol/access.ts";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import { requireAllowed } from "../../../protocol/input.ts";

/** An operation of the REST API. */
export type Route = {
  readonly method: string;
  /** For example `/2015-03-31/functions/{FunctionName}/policy`: braces stand for one segment. */
  readonly path: string;
  /** Gets what stands in the path for the first and the second braces; empty where there are none. */
  readonly answer: (call: Call, name: string, second: string) => Promise<Reply> | Reply;
};

/** Finds and runs the operation of a call. */
export async function dispatch(routes: readonly Route[], call: Call): Promise<Reply> {
  for (const { method, path, answer } of routes) {
    const names = method === call.method ? matchPath(path, call.path) : undefined;
    if (names === undefined) continue;
    const [name = "", second = ""] = names;
    return await answer(call, name, second);
  }
  throw notSupported(`Lambda's ${call.method} ${call.path}`);
}

/** @returns the segments in place of the braces, decoded; undefined for another path */
function matchPath(pattern: string, path: string): string[] | undefined {
  const given = path.replace(/\/$/, "").split("/");
  const wanted = pattern.split("/");
  if (given.length !== wanted.length) return undefined;
  const isHeld = (segment: string) => segment.startsWith("{");
  if (wanted.some((segment, index) => !isHeld(segment) && segment !== given[index])) {
    return undefined;
  }
  return given.filter((_, index) => isHeld(wanted[index] ?? "")).map(decode);
}

function decode(segment: string): string {
  try {
    return decodeURIComponent(segment);
  } catch {
    throw new AwsError("InvalidParameterValueException", `The path holds "${segment}".`);
  }
}

/** @param headers besides the content type */
export function jsonReply(
  status: number,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  const body = JSON.stringify(document);
  return { status, headers: { "content-type": "application/json", ...headers }, body };
}

/**
 * @param resource an ARN, or `*` for actions on no resource in particular
 * @throws AwsError `AccessDeniedException`
 */
export function refuseUnlessAllowed(
  authorize: Authorize,
  call: Call,
  action: string,
  resource: string,
): void {
  requireAllowed(authorize, call, action, resource, {
    code: "AccessDeniedException",
    status: 403,
  });
}

/**
 * The page of a list that a call requests with `MaxItems` and `Marker`.
 *
 * @param largest AWS's maximum page size
 * @returns the items, and the marker of the next page if there is one
 */
export function page<T>(call: Call, items: readonly T[], largest: number) {
  const start = numberOf(call, "Marker", 0);
  const end = start + Math.min(numberOf(call, "MaxItems", largest), largest);
  return {
    items: items.slice(start, end),
    ...(end < items.length ? { NextMarker: String(end) } : {}),
  };
}

function numberOf({ query }: Call, name: string, fallback: number): number {
  const text = query.get(name);
  if (text === null) return fallback;
  if (/^\d+$/.test(text)) return Number(text);
  throw new AwsError("InvalidParameterValueException", `Invalid ${name}: "${text}".`);
}
