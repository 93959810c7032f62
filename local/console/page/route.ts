/** What the panel shows. It stands in the address after `#/`, so that every view can be linked to. */
export type Route =
  | { readonly view: "systems" | "events" | "failures" | "letters" | "stored" | "outbox" }
  | { readonly view: DetailView; readonly id: string };

/** `id` is an ARN, the name of a table, or the id of an event or a request. */
export type DetailView =
  | "event"
  | "invocation"
  | "topic"
  | "queue"
  | "function"
  | "bucket"
  | "address"
  | "object"
  | "table"
  | "stream"
  | "trigger";

const lists = ["systems", "events", "failures", "letters", "stored", "outbox"] as const;
const details = [
  "event",
  "invocation",
  "topic",
  "queue",
  "function",
  "bucket",
  "address",
  "object",
  "table",
  "stream",
  "trigger",
] as const;

/** The route of an address's hash: the systems where it names none. */
export function routeOf(hash: string): Route {
  const [, name = "", id = ""] = hash.split("/");
  const list = lists.find((view) => view === name);
  if (list !== undefined) return { view: list };
  const detail = details.find((view) => view === name);
  return detail !== undefined && id !== ""
    ? { view: detail, id: decodeURIComponent(id) }
    : { view: "systems" };
}

export function linkTo(view: Route["view"], id?: string): string {
  return id === undefined ? `#/${view}` : `#/${view}/${encodeURIComponent(id)}`;
}

export function sameRoute(a: Route, b: Route): boolean {
  return hashOf(a) === hashOf(b);
}

/** The address's hash of a route. */
export function hashOf(route: Route): string {
  return "id" in route ? linkTo(route.view, route.id) : linkTo(route.view);
}
