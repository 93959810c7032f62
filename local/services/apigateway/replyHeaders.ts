import { validateHeaderName, validateHeaderValue } from "node:http";

/** They describe a connection of the function's, which it does not have. */
const ofTheConnection = new Set(["connection", "content-length", "transfer-encoding"]);

export type ReplyHeaders = Readonly<Record<string, string | readonly string[]>>;

/**
 * The headers that a function's result asks for, with names in lower case.
 *
 * @returns undefined when HTTP cannot carry one of them, such as a value with a line break
 */
export function replyHeaders(
  asked: Iterable<readonly [name: string, value: string | readonly string[]]>,
): ReplyHeaders | undefined {
  const named = [...asked].map(([name, value]) => [name.toLowerCase(), value] as const);
  const sent = named.filter(([name]) => !ofTheConnection.has(name));
  return sent.every(([name, value]) => isSendable(name, value))
    ? Object.fromEntries(sent)
    : undefined;
}

function isSendable(name: string, value: string | readonly string[]): boolean {
  try {
    validateHeaderName(name);
    for (const line of [value].flat()) validateHeaderValue(name, line);
    return true;
  } catch {
    // Both throw for nothing but what they are named for.
    return false;
  }
}
