import { invalidValue } from "../errors.ts";
import type { Queue } from "../queue.ts";
import type { Input } from "./input.ts";

/** Queues a page at a time. AWS gives a token for the next page only to those who ask for a size. */
export function page(
  queues: readonly Queue[],
  input: Input,
): { urls: readonly string[] | undefined; NextToken: string | undefined } {
  const size = input.integer("MaxResults");
  if (size !== undefined && (size < 1 || size > 1000)) {
    throw invalidValue(size, "MaxResults", "Must be between 1 and 1000, if provided.");
  }
  const after = Buffer.from(input.text("NextToken") ?? "", "base64").toString();
  const rest = queues.filter(({ name }) => name > after);
  const shown = rest.slice(0, size ?? 1000);
  const last = shown.at(-1);
  const more = size !== undefined && last !== undefined && rest.length > shown.length;
  return {
    urls: shown.length === 0 ? undefined : shown.map(({ url }) => url),
    NextToken: more ? Buffer.from(last.name).toString("base64") : undefined,
  };
}
