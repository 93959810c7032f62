import { AwsError } from "./awsError.ts";

/** Some of the items, and the name of the last one if there are more. */
export type NamedPage<Item> = {
  readonly items: readonly Item[];
  readonly last: string | undefined;
};

/**
 * Some of the items that follow a name, which need not exist.
 *
 * @param items in the order of their names
 * @param start name after which the page starts. @default the first
 * @param size how many items a page has at most
 */
export function pageAfter<Item>(
  items: readonly Item[],
  nameOf: (item: Item) => string,
  start: string | undefined,
  size: number,
): NamedPage<Item> {
  const rest = start === undefined ? items : items.filter((item) => nameOf(item) > start);
  const page = rest.slice(0, size);
  const last = page.at(-1);
  return {
    items: page,
    last: rest.length > size && last !== undefined ? nameOf(last) : undefined,
  };
}

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
