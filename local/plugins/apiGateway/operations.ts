import * as pulumi from "@pulumi/pulumi";
import type { Route, Target } from "./routes.ts";

/** Operations of an OpenAPI document by method, by path. */
export type Paths = Record<string, Record<string, pulumi.Input<object>>>;

/** Adds an operation, in place of one that is there. */
export function addOperation(
  paths: Paths,
  path: string,
  method: string,
  operation: pulumi.Input<object>,
): void {
  paths[path] = { ...paths[path], [method]: operation };
}

/** What a route says of its operations besides their integration. */
function validationOf({ requestValidator, requiredParameters = [] }: Route): object {
  return {
    ...(requestValidator !== undefined && {
      "x-amazon-apigateway-request-validator": requestValidator,
    }),
    ...(requiredParameters.length > 0 && {
      parameters: requiredParameters.map((each) => ({ ...each, required: true, type: "string" })),
    }),
  };
}

/** Invokes a function for a request. */
export function functionOperation(route: Route & { kind: "function" }): object {
  return {
    ...validationOf(route),
    "x-amazon-apigateway-integration": {
      uri: route.handler.invokeArn,
      passthroughBehavior: "when_no_match",
      httpMethod: "POST",
      type: "aws_proxy",
    },
  };
}

/** Sends a request for the route's path, and for all below it, to another server. */
export function addTargetOperations(paths: Paths, route: Route & { kind: "target" }): void {
  const path = route.path.endsWith("/") ? route.path : `${route.path}/`;
  const method = "x-amazon-apigateway-any-method";
  const base = pulumi.output(route.target.uri ?? "").apply((uri) => uri.replace(/\/?$/, "/"));
  addOperation(paths, path, method, {
    ...validationOf(route),
    "x-amazon-apigateway-integration": targetIntegration(route.target, base),
  });
  const proxy = { name: "proxy", in: "path", required: true, type: "string" };
  addOperation(paths, `${path}{proxy+}`, method, {
    ...validationOf(route),
    parameters: [proxy],
    "x-amazon-apigateway-integration": {
      ...targetIntegration(route.target, pulumi.interpolate`${base}{proxy}`),
      requestParameters: { "integration.request.path.proxy": "method.request.path.proxy" },
    },
  });
}

function targetIntegration(target: Target, uri: pulumi.Output<string>): object {
  const { type = "http_proxy", connectionType, connectionId, passthroughBehaviour } = target;
  return {
    responses: { default: { statusCode: "200" } },
    uri,
    type,
    connectionType,
    connectionId,
    passthroughBehavior: passthroughBehaviour ?? "when_no_match",
    httpMethod: "ANY",
  };
}

/** Reads an object of a bucket. @param parameter of the path, which is a part of the key */
export function objectOperation(
  route: Route,
  object: { readonly uri: pulumi.Output<string>; readonly role: pulumi.Output<string> },
  parameter?: string,
): object {
  const headers = { "Content-Type": { type: "string" }, "content-type": { type: "string" } };
  return {
    ...validationOf(route),
    responses: {
      "200": { description: "200 response", schema: { type: "object" }, headers },
      "400": { description: "400 response" },
      "500": { description: "500 response" },
    },
    ...(parameter !== undefined && {
      parameters: [{ name: parameter, in: "path", required: true, type: "string" }],
    }),
    "x-amazon-apigateway-integration": {
      credentials: object.role,
      uri: object.uri,
      passthroughBehavior: "when_no_match",
      httpMethod: "GET",
      type: "aws",
      ...(parameter !== undefined && {
        requestParameters: {
          [`integration.request.path.${parameter}`]: `method.request.path.${parameter}`,
        },
      }),
      responses: {
        "4\\d{2}": { statusCode: "400" },
        default: {
          statusCode: "200",
          responseParameters: {
            "method.response.header.Content-Type": "integration.response.header.Content-Type",
            "method.response.header.content-type": "integration.response.header.content-type",
          },
        },
        "5\\d{2}": { statusCode: "500" },
      },
    },
  };
}
