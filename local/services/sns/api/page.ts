import { invalidParameter } from "../errors.ts";

const size = 100;

/**
 * A hundred items, and a token for the next hundred if there are more.
 *
 * @param token of the page before; the first page when it is absent
 */
export function page<Item>(
  items: readonly Item[],
  token: string | undefined,
): { readonly items: readonly Item[]; readonly NextToken: string | undefined } {
  const start = token === undefined ? 0 : Number(Buffer.from(token, "base64").toString());
  if (!Number.isInteger(start) || start < 0) throw invalidParameter("NextToken");
  const end = start + size;
  return {
    items: items.slice(start, end),
    NextToken: end < items.length ? Buffer.from(String(end)).toString("base64") : undefined,
  };
}
