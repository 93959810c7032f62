import { AwsError } from "./awsError.ts";

/**
 * Some of the items, and a token for those after them if there are more.
 *
 * @param token of the page before; the first page when it is absent
 * @param size how many items a page has at most
 * @param invalidToken the service's error for a token that it did not make
 */
export function pageOf<Item>(
  items: readonly Item[],
  token: string | undefined,
  size: number,
  invalidToken: () => AwsError = () => new AwsError("ValidationException", "Invalid NextToken."),
): { readonly items: readonly Item[]; readonly NextToken: string | undefined } {
  const place = token === undefined ? "0" : Buffer.from(token, "base64").toString();
  if (!/^\d+$/.test(place)) throw invalidToken();
  const start = Number(place);
  const end = start + size;
  return {
    items: items.slice(start, end),
    NextToken: end < items.length ? Buffer.from(String(end)).toString("base64") : undefined,
  };
}
