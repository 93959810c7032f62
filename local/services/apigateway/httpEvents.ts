import type { WebRequest } from "../../protocol/webMessage.ts";
import { eventOf } from "./event.ts";
import type { RouteMatch } from "./httpRoutes.ts";
import { proxyEvent } from "./rest/proxyEvent.ts";

/** A request that has come to a route of an HTTP API. */
export type RoutedRequest = {
  readonly api: { readonly id: string; readonly domainName: string };
  readonly stage: { readonly name: string; readonly variables: Readonly<Record<string, string>> };
  readonly match: RouteMatch;
  readonly request: WebRequest;
  /** Without the stage. */
  readonly path: string;
  readonly requestId: string;
  /** Cloud time in milliseconds since 1970. */
  readonly time: number;
  /** What the route's authorizer says of the caller: by its kind, `jwt` or `lambda`. */
  readonly authorizer?: Readonly<Record<string, unknown>> | undefined;
};

/** The event of the integration's payload format; 1.0 is that of REST APIs. */
export function httpEvent(format: "1.0" | "2.0", routed: RoutedRequest): object {
  const { api, stage, match, request, path, requestId, time, authorizer } = routed;
  const { routeKey, pathParameters } = match;
  const shared = {
    apiId: api.id,
    domainName: api.domainName,
    requestId,
    time,
    pathParameters,
    stage: stage.name,
    stageVariables: stage.variables,
  };
  if (format === "2.0") return eventOf(request, { ...shared, routeKey, authorizer });
  const [, resourcePath = routeKey] = routeKey.split(" ");
  const resource = { resourcePath, resourceId: routeKey, binaryMediaTypes: [] };
  const said = authorizer && Object.values(authorizer)[0];
  return {
    version: "1.0",
    ...proxyEvent({ ...request, path }, { ...shared, ...resource, authorizer: said }),
  };
}
