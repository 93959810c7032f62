import { createHash } from "node:crypto";
import type * as pulumi from "@pulumi/pulumi";
import { LambdaFunction } from "./awsResources.ts";

/** A route as the program gives it; exactly one of `eventHandler`, `localPath`, `target` and `data` is there. */
export type RouteInput = {
  readonly path: string;
  readonly method?: string;
  readonly eventHandler?: unknown;
  readonly localPath?: string;
  readonly contentType?: string;
  readonly index?: string | boolean;
  readonly target?: Target;
  readonly data?: object;
  readonly apiKeyRequired?: boolean;
  readonly authorizers?: readonly unknown[];
  readonly iamAuthEnabled?: boolean;
  readonly requestValidator?: string;
  readonly requiredParameters?: readonly { readonly in?: string; readonly name?: string }[];
};

export type Target = {
  readonly type?: pulumi.Input<string>;
  readonly uri?: pulumi.Input<string>;
  readonly connectionId?: pulumi.Input<string>;
  readonly connectionType?: pulumi.Input<string>;
  readonly passthroughBehaviour?: pulumi.Input<string>;
};

type Common = Pick<RouteInput, "requestValidator" | "requiredParameters"> & {
  /** Begins with a slash. */
  readonly path: string;
};

/** A route that is complete. */
export type Route = Common &
  (
    | { readonly kind: "function"; readonly method: Method; readonly handler: LambdaFunction }
    | {
        readonly kind: "files";
        readonly localPath: string;
        readonly contentType?: string | undefined;
        /** The file that is served for the folder; false for none. */
        readonly index: string | false;
      }
    | { readonly kind: "target"; readonly target: Target }
    | { readonly kind: "operation"; readonly method: Method; readonly operation: object }
  );

type Method = {
  /** `GET`, `ANY` */
  readonly name: string;
  /** As an OpenAPI document has it: `get`, `x-amazon-apigateway-any-method`. */
  readonly operation: string;
};

const methods = ["GET", "PUT", "POST", "DELETE", "OPTIONS", "HEAD", "PATCH"];
const anyMethod: Method = { name: "ANY", operation: "x-amazon-apigateway-any-method" };

/** Inputs that ask callers to identify themselves. */
const identification = ["apiKeyRequired", "authorizers", "iamAuthEnabled"] as const;

/**
 * @throws Error for a route that the component would reject, and for one that asks callers to identify
 *   themselves, which the local cloud does not do
 */
export function routeOf(input: RouteInput): Route {
  const { path: given, eventHandler, localPath, target, data } = input;
  if (given === undefined) throw new Error("Route missing required [path] property");
  const path = given.startsWith("/") ? given : `/${given}`;
  const asked = identification.find((name) => input[name] && !isEmptyList(input[name]));
  if (asked !== undefined) {
    throw new Error(
      `route ${path}: the local run does not support "${asked}": leave it out where the program runs locally`,
    );
  }
  const { requestValidator, requiredParameters } = input;
  const common = {
    path,
    ...(requestValidator !== undefined && { requestValidator }),
    ...(requiredParameters !== undefined && { requiredParameters }),
  };
  if (eventHandler !== undefined) {
    return { ...common, kind: "function", method: methodOf(input), handler: handlerOf(input) };
  }
  if (localPath !== undefined) {
    const { contentType, index = true } = input;
    const file = index === true ? "index.html" : index;
    return { ...common, kind: "files", localPath, contentType, index: file };
  }
  if (target !== undefined) return { ...common, kind: "target", target };
  if (data !== undefined) {
    return { ...common, kind: "operation", method: methodOf(input), operation: data };
  }
  throw new Error(`route ${path}: give "eventHandler", "localPath", "target" or "data"`);
}

function isEmptyList(value: unknown): boolean {
  return Array.isArray(value) && value.length === 0;
}

function methodOf({ path, method }: RouteInput): Method {
  if (method === undefined)
    throw new Error(`route ${path}: Route missing required [method] property`);
  const name = method.toUpperCase();
  if (name === "ANY") return anyMethod;
  if (methods.includes(name)) return { name, operation: name.toLowerCase() };
  throw new Error(`route ${path}: Method not supported: ${method}`);
}

function handlerOf({ path, eventHandler }: RouteInput): LambdaFunction {
  if (eventHandler instanceof LambdaFunction) return eventHandler;
  throw new Error(`route ${path}: eventHandler must be a resource of the type aws.lambda.Function`);
}

/** Eight digits for a text that is too long for a name, the same as the component's own plugin makes. */
export function shortHash(text: string): string {
  return createHash("sha1").update(text).digest("hex").slice(0, 8);
}
