import { pathParametersOf, pathRank } from "./rest/restApi.ts";

export type RouteMatch = {
  readonly routeKey: string;
  readonly pathParameters: Readonly<Record<string, string>>;
};

/** Whether HTTP APIs take a route: `GET /orders/{id}`, `ANY /{proxy+}`, or `$default`. */
export function isRouteKey(routeKey: string): boolean {
  return /^([A-Z]+ \/\S*|\$default)$/.test(routeKey);
}

/**
 * The route of a request: the most specific path, its own method before `ANY`, and `$default` for what no
 * other takes.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-routes.html
 */
export function matchRoute(
  routeKeys: Iterable<string>,
  method: string,
  path: string,
): RouteMatch | undefined {
  const all = [...routeKeys];
  const matches = all
    .flatMap((routeKey) => {
      const [routeMethod, template = ""] = routeKey.split(" ");
      if (routeMethod !== method && routeMethod !== "ANY") return [];
      const pathParameters = endsAlike(template, path)
        ? pathParametersOf(template, path)
        : undefined;
      return pathParameters === undefined ? [] : [{ routeKey, pathParameters }];
    })
    .sort((a, b) => (rank(a.routeKey) < rank(b.routeKey) ? -1 : 1));
  if (matches[0] !== undefined) return matches[0];
  return all.includes("$default") ? { routeKey: "$default", pathParameters: {} } : undefined;
}

/** To an HTTP API a slash at the end makes another path. */
function endsAlike(template: string, path: string): boolean {
  return template.endsWith("+}") || template.endsWith("/") === path.endsWith("/");
}

function rank(routeKey: string): string {
  const [method, template = ""] = routeKey.split(" ");
  return `${pathRank(template)} ${method === "ANY" ? 1 : 0}`;
}
