import { decodedPath } from "../../../protocol/webMessage.ts";
import type { Integration } from "./integration.ts";

/** A REST API as its resources describe it; what a deployment takes a copy of. */
export type RestApiDefinition = {
  /** By id. */
  readonly resources: ReadonlyMap<string, RestResource>;
  /** By `methodKey`. */
  readonly methods: ReadonlyMap<string, RestMethod>;
};

export type RestResource = {
  readonly id: string;
  /** `/orders/{id}`, `/{proxy+}` */
  readonly path: string;
};

export type RestMethod = {
  readonly resourceId: string;
  /** `GET`, or `ANY` */
  readonly httpMethod: string;
  /** Whether a request needs a key of a usage plan. */
  readonly apiKeyRequired: boolean;
  /** The authorizer that every request has to pass, or IAM. */
  readonly authorization?: { readonly authorizerId: string } | "AWS_IAM" | undefined;
  /** A method without an integration answers with an error. */
  readonly integration?: Integration | undefined;
};

export type Match = {
  readonly method: RestMethod;
  readonly resource: RestResource;
  /** Decoded values by name. */
  readonly pathParameters: Readonly<Record<string, string>>;
};

export function methodKey(resourceId: string, httpMethod: string): string {
  return `${resourceId} ${httpMethod.toUpperCase()}`;
}

/**
 * The method that a request is for: that of the most specific resource, by its own name or as `ANY`. Literal
 * parts go before parameters, and these before `{proxy+}`.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-method-settings-method-request.html
 */
export function matchRequest(
  { resources, methods }: RestApiDefinition,
  httpMethod: string,
  path: string,
): Match | undefined {
  const matches = [...resources.values()]
    .flatMap((resource) => {
      const pathParameters = pathParametersOf(resource.path, path);
      return pathParameters === undefined ? [] : [{ resource, pathParameters }];
    })
    .sort((a, b) => (pathRank(a.resource.path) < pathRank(b.resource.path) ? -1 : 1));
  for (const { resource, pathParameters } of matches) {
    const method =
      methods.get(methodKey(resource.id, httpMethod)) ?? methods.get(methodKey(resource.id, "ANY"));
    if (method !== undefined) return { method, resource, pathParameters };
  }
  return undefined;
}

/** The values of a path's parameters; undefined for one that the template does not match. */
export function pathParametersOf(
  template: string,
  path: string,
): Record<string, string> | undefined {
  const expected = partsOf(template);
  const given = partsOf(path);
  const parameters: Record<string, string> = {};
  for (const [index, part] of expected.entries()) {
    const name = /^\{(.+?)(\+?)\}$/.exec(part);
    const value = given[index];
    if (value === undefined) return undefined;
    if (name?.[2] === "+") {
      return { ...parameters, [name[1] ?? ""]: decodedPath(given.slice(index).join("/")) };
    }
    if (name?.[1] !== undefined) parameters[name[1]] = decodedPath(value);
    else if (part !== decodedPath(value)) return undefined;
  }
  return expected.length === given.length ? parameters : undefined;
}

function partsOf(path: string): string[] {
  return path.split("/").filter((part) => part !== "");
}

/** Sorts literal parts before parameters, and these before greedy ones. */
export function pathRank(path: string): string {
  return partsOf(path)
    .map((part) => (part.endsWith("+}") ? "2" : part.startsWith("{") ? "1" : "0"))
    .join("");
}
