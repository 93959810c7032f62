import * as v from "valibot";
import { jsonReply, type WebReply } from "../../protocol/webMessage.ts";
import type { Invoker } from "../lambda/interface.ts";
import { AuthorizerCache } from "./authorizerCache.ts";
import { callFunction } from "./functionCall.ts";
import { type GatewayAccess, mayPass } from "./gatewayAccess.ts";
import { httpEvent, type RoutedRequest } from "./httpEvents.ts";
import { type JwtConfiguration, readJwt } from "./jwt.ts";
import { internalServerError } from "./response.ts";
import type { AuthorizersOptions } from "./rest/authorizer.ts";

export type HttpAuthorizer = LambdaAuthorizer | JwtAuthorizer;

export type LambdaAuthorizer = {
  readonly kind: "lambda";
  readonly id: string;
  readonly functionArn: string;
  readonly credentials?: string | undefined;
  /** `$request.header.Authorization`, `$request.querystring.key`, `$stageVariables.name` */
  readonly identitySources: readonly string[];
  readonly payloadFormat: "1.0" | "2.0";
  /** Whether it answers `{ isAuthorized }` in place of a policy. */
  readonly isSimple: boolean;
  readonly secondsToKeep: number;
};

export type JwtAuthorizer = JwtConfiguration & {
  readonly kind: "jwt";
  readonly id: string;
  readonly identitySources: readonly string[];
};

/** What the event of a request has in `requestContext.authorizer`. */
export type AuthorizerContext = Readonly<Record<string, unknown>>;

/** What becomes of a request: what the function learns of its caller, or the answer in place of the function's. */
export type Verdict = { readonly context: AuthorizerContext } | { readonly refusal: WebReply };

/** A request that has come to a guarded route. */
export type GuardedRequest = RoutedRequest & {
  readonly api: { readonly executionArn: string };
  readonly scopes: readonly string[];
};

export type HttpAuthorizersOptions = GatewayAccess &
  Pick<AuthorizersOptions, "clock" | "decide"> & { readonly functions: Invoker };

const context = v.optional(v.nullable(v.record(v.string(), v.unknown())));
const simpleAnswer = v.object({ isAuthorized: v.boolean(), context });
const policyAnswer = v.object({ principalId: v.string(), policyDocument: v.unknown(), context });

/**
 * Authorizers of HTTP APIs.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-lambda-authorizer.html
 */
export class HttpAuthorizers {
  readonly #options: HttpAuthorizersOptions;
  readonly #cache: AuthorizerCache<unknown>;

  constructor(options: HttpAuthorizersOptions) {
    this.#options = options;
    this.#cache = new AuthorizerCache(options.clock);
  }

  async authorize(authorizer: HttpAuthorizer, guarded: GuardedRequest): Promise<Verdict> {
    const identity = authorizer.identitySources.map((source) => identityIn(source, guarded));
    const [token = ""] = identity;
    const isMissing = identity.some((each) => each === undefined || each === "");
    if (isMissing && (authorizer.kind === "jwt" || authorizer.identitySources.length > 0)) {
      return { refusal: unauthorized() };
    }
    if (authorizer.kind === "jwt") return this.#readToken(authorizer, token, guarded);
    const key = JSON.stringify([guarded.api.id, authorizer.id, ...identity]);
    const kept = this.#cache.get(key);
    const answer = kept ?? (await this.#ask(authorizer, guarded, identity));
    if (answer === undefined) return { refusal: internalServerError() };
    const verdict = this.#verdict(authorizer, guarded, answer);
    const isAnswer = !("refusal" in verdict) || verdict.refusal.status < 500;
    if (isAnswer) this.#cache.keep(key, answer, authorizer.secondsToKeep);
    return verdict;
  }

  #readToken(authorizer: JwtAuthorizer, token: string, { scopes }: GuardedRequest): Verdict {
    const jwt = readJwt(token, authorizer, scopes, this.#options.clock.now() / 1000);
    if (jwt === "unauthorized") return { refusal: unauthorized() };
    return jwt === "forbidden" ? { refusal: forbidden() } : { context: { jwt } };
  }

  /** @returns what the function says, or undefined when it cannot be asked or fails */
  async #ask(
    { id, functionArn, credentials, payloadFormat }: LambdaAuthorizer,
    guarded: GuardedRequest,
    identity: readonly (string | undefined)[],
  ): Promise<unknown> {
    const { requestId, api, stage, match } = guarded;
    const source = `${api.executionArn}/authorizers/${id}`;
    if (!mayPass(this.#options, { source, requestId, credentials, functionArn })) return undefined;
    const arn = `${api.executionArn}/${stage.name}/${match.routeKey.replace(" ", "")}`;
    const own =
      payloadFormat === "2.0"
        ? { type: "REQUEST", routeArn: arn, identitySource: identity }
        : { type: "REQUEST", methodArn: arn, identitySource: identity.join(",") };
    const event = JSON.stringify({ ...httpEvent(payloadFormat, guarded), ...own });
    const result = await callFunction(this.#options, { functionArn, event, source, requestId });
    return result.outcome === "succeeded" ? JSON.parse(result.payload) : undefined;
  }

  #verdict(authorizer: LambdaAuthorizer, guarded: GuardedRequest, answer: unknown): Verdict {
    if (authorizer.isSimple) {
      const said = v.safeParse(simpleAnswer, answer);
      if (!said.success) return { refusal: internalServerError() };
      if (!said.output.isAuthorized) return { refusal: forbidden() };
      return { context: { lambda: said.output.context ?? {} } };
    }
    const said = v.safeParse(policyAnswer, answer);
    if (!said.success) return { refusal: internalServerError() };
    const { principalId, policyDocument, context: given } = said.output;
    const { api, stage, request, path } = guarded;
    const resource = `${api.executionArn}/${stage.name}/${request.method}${path}`;
    const decision = this.#options.decide(policyDocument, "execute-api:Invoke", resource);
    if (decision === "invalid") return { refusal: internalServerError() };
    if (decision !== "Allow") return { refusal: forbidden() };
    return { context: { lambda: { ...given, principalId } } };
  }
}

export function unauthorized(): WebReply {
  return jsonReply(401, { message: "Unauthorized" });
}

export function forbidden(): WebReply {
  return jsonReply(403, { message: "Forbidden" });
}

function identityIn(source: string, { request, stage }: RoutedRequest): string | undefined {
  const [, where, name = ""] =
    /^\$(?:request\.)?(header|querystring|stageVariables)\.(.+)$/.exec(source) ?? [];
  switch (where) {
    case "header":
      return request.headers[name.toLowerCase()];
    case "querystring":
      return new URLSearchParams(request.query).get(name) ?? undefined;
    case "stageVariables":
      return stage.variables[name];
    default:
      return undefined;
  }
}
