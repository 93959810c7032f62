import * as v from "valibot";
import type { WebRequest } from "../../../protocol/webMessage.ts";
import type { Clock } from "../../../time/clock.ts";
import type { Invoker } from "../../lambda/interface.ts";
import { AuthorizerCache } from "../authorizerCache.ts";
import { callFunction } from "../functionCall.ts";
import { type GatewayAccess, mayPass } from "../gatewayAccess.ts";
import {
  accessDenied,
  authorizerConfigurationError,
  authorizerFailure,
  type GatewayError,
  unauthorized,
} from "./gatewayResponse.ts";

/** A Lambda authorizer of a REST API. */
export type Authorizer = {
  readonly id: string;
  readonly type: "TOKEN" | "REQUEST";
  readonly functionArn: string;
  /** The role as which the function is invoked; absent for the API's own permission. */
  readonly credentials?: string | undefined;
  /** `method.request.header.Authorization`; several of a REQUEST authorizer. */
  readonly identitySources: readonly string[];
  /** What a token has to match. */
  readonly validation?: RegExp | undefined;
  readonly secondsToKeep: number;
};

/** What an authorizer says of a caller. */
export type Authorization = {
  readonly principalId: string;
  readonly policyDocument: unknown;
  readonly context: Readonly<Record<string, string | number | boolean | null>>;
  readonly usageIdentifierKey?: string | undefined;
};

export type PolicyDecider = (
  document: unknown,
  action: string,
  resource: string,
) => "Allow" | "Deny" | "none" | "invalid";

export type AuthorizersOptions = GatewayAccess & {
  readonly clock: Clock;
  readonly functions: Invoker;
  /** What a policy document alone says of a call. */
  readonly decide: PolicyDecider;
};

/** A request on its way past an authorizer. */
export type Caller = {
  readonly executionArn: string;
  /** ARN of the method. */
  readonly methodArn: string;
  readonly request: WebRequest;
  readonly stageVariables: Readonly<Record<string, string>>;
  readonly requestId: string;
  /** What a REQUEST authorizer gets besides its type and the method. */
  readonly event: object;
};

const scalar = v.union([v.string(), v.number(), v.boolean(), v.null()]);
const answer = v.object({
  principalId: v.string(),
  policyDocument: v.unknown(),
  context: v.optional(v.nullable(v.record(v.string(), scalar))),
  usageIdentifierKey: v.optional(v.nullable(v.string())),
});

/**
 * Lambda authorizers.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/apigateway-use-lambda-authorizer.html
 */
export class Authorizers {
  readonly #options: AuthorizersOptions;
  readonly #cache: AuthorizerCache<Authorization>;

  constructor(options: AuthorizersOptions) {
    this.#options = options;
    this.#cache = new AuthorizerCache(options.clock);
  }

  /** @returns what the authorizer says of a caller whom it lets in, or the error for one whom it does not */
  async authorize(
    authorizer: Authorizer,
    caller: Caller,
  ): Promise<Authorization | { readonly error: GatewayError }> {
    const identity = authorizer.identitySources.map((source) => identityIn(source, caller));
    const isMissing = identity.some((each) => each === undefined || each === "");
    const asksForIdentity = authorizer.type === "TOKEN" || authorizer.secondsToKeep > 0;
    const [token = ""] = identity;
    if (asksForIdentity && (isMissing || authorizer.validation?.test(token) === false)) {
      return { error: unauthorized };
    }
    const key = JSON.stringify([caller.executionArn, authorizer.id, ...identity]);
    const authorization = this.#cache.get(key) ?? (await this.#ask(authorizer, caller, token));
    if ("error" in authorization) return authorization;
    this.#cache.keep(key, authorization, authorizer.secondsToKeep);
    const { policyDocument } = authorization;
    switch (this.#options.decide(policyDocument, "execute-api:Invoke", caller.methodArn)) {
      case "Allow":
        return authorization;
      case "invalid":
        return { error: authorizerConfigurationError };
      case "Deny":
        return { error: accessDenied("with an explicit deny") };
      case "none":
        return { error: accessDenied() };
    }
  }

  async #ask(authorizer: Authorizer, caller: Caller, token: string) {
    const { id, type, functionArn, credentials } = authorizer;
    const { requestId, methodArn } = caller;
    const source = `${caller.executionArn}/authorizers/${id}`;
    if (!mayPass(this.#options, { source, requestId, credentials, functionArn })) {
      return { error: authorizerConfigurationError };
    }
    const event =
      type === "TOKEN"
        ? { type, methodArn, authorizationToken: token }
        : { type, methodArn, ...caller.event };
    const result = await callFunction(this.#options, {
      ...{ functionArn, event: JSON.stringify(event), source, requestId },
      refusal: unauthorized.message,
    });
    if (result.outcome !== "succeeded") {
      const saysNo =
        result.outcome === "failed" && result.error.errorMessage === unauthorized.message;
      return { error: saysNo ? unauthorized : authorizerFailure };
    }
    const said = v.safeParse(answer, JSON.parse(result.payload));
    if (!said.success) return { error: authorizerConfigurationError };
    const { principalId, policyDocument, context, usageIdentifierKey } = said.output;
    return {
      ...{ principalId, policyDocument, context: context ?? {} },
      usageIdentifierKey: usageIdentifierKey ?? undefined,
    };
  }
}

/** The value of `method.request.header.Name`, `method.request.querystring.name` or `stageVariables.name`. */
function identityIn(source: string, { request, stageVariables }: Caller): string | undefined {
  const [, where, name = ""] =
    /^(?:method\.request\.)?(header|querystring|stageVariables)\.(.+)$/.exec(source.trim()) ?? [];
  switch (where) {
    case "header":
      return request.headers[name.toLowerCase()];
    case "querystring":
      return new URLSearchParams(request.query).get(name) ?? undefined;
    case "stageVariables":
      return stageVariables[name];
    default:
      return undefined;
  }
}
