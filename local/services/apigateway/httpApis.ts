import { account, formatArn } from "../../arn.ts";
import type { Credentials } from "../../protocol/authentication/signRequest.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { type CorsSettings, isPreflight, preflightReply, withCors } from "../../protocol/cors.ts";
import { jsonReply, type WebReply, type WebRequest } from "../../protocol/webMessage.ts";
import type { Clock } from "../../time/clock.ts";
import type { InvocationResult, Invoker } from "../lambda/interface.ts";
import { newRequestId } from "./event.ts";
import { callFunction, type RefusedCall } from "./functionCall.ts";
import { mayPass } from "./gatewayAccess.ts";
import {
  type ApiNames,
  type FunctionIntegration,
  type Guard,
  type HttpApi,
  type Integration,
  type OtherIntegration,
  type Stage,
  type StageSettings,
  stageOf,
} from "./httpApi.ts";
import {
  type AuthorizerContext,
  forbidden,
  type HttpAuthorizer,
  HttpAuthorizers,
  type HttpAuthorizersOptions,
  type Verdict,
} from "./httpAuthorizer.ts";
import { httpEvent } from "./httpEvents.ts";
import { isRouteKey, matchRoute, type RouteMatch } from "./httpRoutes.ts";
import type { ApiOrigin } from "./interface.ts";
import { internalServerError, replyOf } from "./response.ts";
import { callIntegratedService } from "./serviceIntegration.ts";
import { admitSigner, type SignerOptions } from "./signer.ts";
import { withinTime } from "./timeLimit.ts";
import { TokenBucket } from "./tokenBucket.ts";

export type HttpApisOptions = HttpAuthorizersOptions &
  SignerOptions & {
    readonly functions: Invoker;
    readonly clock: Clock;
    readonly region: string;
    /** Where other services are called, as a role. */
    readonly endpoint: () => string;
    readonly credentials: (roleArn: string) => Credentials;
  };

/** The largest request body of an HTTP API. */
const mostBytes = 10 * 1024 * 1024;

/**
 * API Gateway's HTTP APIs with Lambda integrations. Only what goes wrong is traced: a page that looks every
 * second would drown the rest.
 */
export class HttpApis implements ApiOrigin {
  readonly #options: HttpApisOptions;
  readonly #apis = new Map<string, HttpApi>();
  readonly #authorizers: HttpAuthorizers;

  constructor(options: HttpApisOptions) {
    this.#options = options;
    this.#authorizers = new HttpAuthorizers(options);
  }

  create(id: string): ApiNames {
    const { region } = this.#options;
    const names = {
      id,
      domainName: `${id}.execute-api.${region}.amazonaws.com`,
      executionArn: formatArn("execute-api", region, id),
    };
    this.#apis.set(id, {
      ...names,
      integrations: new Map(),
      routes: new Map(),
      authorizers: new Map(),
      stages: new Map(),
    });
    return names;
  }

  setCors(id: string, cors: CorsSettings | undefined): void {
    this.#get(id).cors = cors;
  }

  /** @throws Error when there is no such API */
  names(id: string): ApiNames {
    return this.#get(id);
  }

  has(id: string): boolean {
    return this.#apis.has(id);
  }

  delete(id: string): void {
    this.#apis.delete(id);
  }

  /** Adds an integration, or replaces the one of that id. */
  addIntegration(apiId: string, id: string, integration: Integration): void {
    this.#get(apiId).integrations.set(id, integration);
  }

  removeIntegration(apiId: string, id: string): void {
    this.#apis.get(apiId)?.integrations.delete(id);
  }

  hasIntegration(apiId: string, id: string): boolean {
    return this.#apis.get(apiId)?.integrations.has(id) ?? false;
  }

  /**
   * @param routeKey `POST /bookings/{id}`, `ANY /{proxy+}`, or `$default` for requests that match no other route
   * @throws AwsError BadRequestException
   */
  addRoute(apiId: string, routeKey: string, integrationId: string, guard?: Guard): void {
    if (!isRouteKey(routeKey)) {
      throw new AwsError(
        "BadRequestException",
        `The provided route key is not formatted properly: ${routeKey}`,
      );
    }
    const { integrations, routes, authorizers } = this.#get(apiId);
    if (typeof guard === "object" && !authorizers.has(guard.authorizerId)) {
      throw new Error(`the authorizer "${guard.authorizerId}" does not exist`);
    }
    if (!integrations.has(integrationId)) {
      throw new Error(`the integration "${integrationId}" does not exist`);
    }
    routes.set(routeKey, { integrationId, guard });
  }

  /** Adds an authorizer, or replaces the one of that id. */
  setAuthorizer(apiId: string, authorizer: HttpAuthorizer): void {
    this.#get(apiId).authorizers.set(authorizer.id, authorizer);
  }

  removeAuthorizer(apiId: string, id: string): void {
    this.#apis.get(apiId)?.authorizers.delete(id);
  }

  hasAuthorizer(apiId: string, id: string): boolean {
    return this.#apis.get(apiId)?.authorizers.has(id) ?? false;
  }

  removeRoute(apiId: string, routeKey: string): void {
    this.#apis.get(apiId)?.routes.delete(routeKey);
  }

  /** Deploys a stage: without one the API serves nothing. @param name `$default` is at the API's root */
  deploy(
    apiId: string,
    { throttling, variables = {} }: StageSettings = {},
    name = "$default",
  ): void {
    const { clock } = this.#options;
    const limit = throttling
      ? new TokenBucket(clock, throttling.perSecond, throttling.burst)
      : "none";
    this.#get(apiId).stages.set(name, { name, limit, variables });
  }

  undeploy(apiId: string, name = "$default"): void {
    this.#apis.get(apiId)?.stages.delete(name);
  }

  /** The domain of each API, by id. */
  domains(): ReadonlyMap<string, string> {
    return new Map([...this.#apis.values()].map(({ id, domainName }) => [id, domainName]));
  }

  /** The id of the API with that domain name. */
  idAt(domainName: string): string | undefined {
    return [...this.#apis.values()].find((api) => api.domainName === domainName)?.id;
  }

  async answer(id: string, request: WebRequest): Promise<WebReply> {
    const requestId = newRequestId();
    const { status, headers, body } = await this.#shared(this.#get(id), request, requestId);
    return { status, headers: { ...headers, "apigw-requestid": requestId }, body };
  }

  /** Answers as the API's settings for pages of other origins say. */
  async #shared(api: HttpApi, request: WebRequest, requestId: string): Promise<WebReply> {
    const { cors } = api;
    if (cors !== undefined && isPreflight(request)) return preflightReply(cors, request, 204);
    const reply = await this.#answer(api, request, requestId);
    return cors === undefined ? reply : withCors(cors, request, reply);
  }

  async #answer(api: HttpApi, request: WebRequest, requestId: string): Promise<WebReply> {
    if (request.body.length > mostBytes) {
      return tooLarge();
    }
    const { stage, path } = stageOf(api, request.path);
    const match = stage && matchRoute(api.routes.keys(), request.method, path);
    const route = api.routes.get(match?.routeKey ?? "");
    const integration = api.integrations.get(route?.integrationId ?? "");
    if (stage === undefined || match === undefined || integration === undefined) {
      return jsonReply(404, { message: "Not Found" });
    }
    if (stage.limit !== "none" && !stage.limit.take()) {
      return jsonReply(429, { message: "Too Many Requests" });
    }
    const entry = { api, stage, match, request, path, requestId };
    const verdict = await this.#authorize(entry, route?.guard);
    if (verdict !== undefined && "refusal" in verdict) return verdict.refusal;
    return "service" in integration
      ? this.#callService(entry, integration)
      : this.#callFunction({ ...entry, authorizer: verdict?.context }, integration);
  }

  /** Undefined for a route that anyone may call. */
  async #authorize(entry: Entry, guard: Guard | undefined): Promise<Verdict | undefined> {
    if (guard === undefined) return undefined;
    if (guard === "AWS_IAM") return this.#admitSigner(entry);
    const authorizer = entry.api.authorizers.get(guard.authorizerId);
    if (authorizer === undefined) return { refusal: internalServerError() };
    const time = this.#options.clock.now();
    return this.#authorizers.authorize(authorizer, { ...entry, time, scopes: guard.scopes });
  }

  #admitSigner({ api, stage, request, path }: Entry): Verdict {
    const methodArn = `${api.executionArn}/${stage.name}/${request.method}${path}`;
    const admission = admitSigner(this.#options, request, methodArn);
    if ("refusal" in admission) return { refusal: forbidden() };
    const { userArn } = admission;
    return { context: { iam: { accountId: account, callerId: userArn, userArn } } };
  }

  async #callService(
    entry: Entry,
    { service, timeoutMilliseconds }: OtherIntegration,
  ): Promise<WebReply> {
    const { stage, match, request, requestId } = entry;
    const { clock, endpoint, region, credentials } = this.#options;
    const passage = { source: sourceOf(entry), requestId, credentials: service.credentialsArn };
    if (!mayPass(this.#options, passage)) return internalServerError();
    const { routeKey, pathParameters } = match;
    const context = { requestId, stage: stage.name, routeKey, httpMethod: request.method };
    const work = callIntegratedService(
      service,
      { request, pathParameters, context, stageVariables: stage.variables },
      { endpoint: endpoint(), region, credentials: credentials(service.credentialsArn) },
    );
    return (await withinTime(clock, timeoutMilliseconds, work)) ?? serviceUnavailable();
  }

  async #callFunction(entry: Entry, integration: FunctionIntegration) {
    const { requestId } = entry;
    const { functionArn, credentials, payloadFormat = "2.0", timeoutMilliseconds } = integration;
    const source = sourceOf(entry);
    if (!mayPass(this.#options, { source, requestId, credentials, functionArn })) {
      return internalServerError();
    }
    const { clock } = this.#options;
    const event = httpEvent(payloadFormat, { ...entry, time: clock.now() });
    const call = { functionArn, event: JSON.stringify(event), source, requestId };
    const work = callFunction(this.#options, call);
    return conclude(await withinTime(clock, timeoutMilliseconds, work));
  }

  #get(id: string): HttpApi {
    const api = this.#apis.get(id);
    if (api === undefined) throw new Error(`the HTTP API "${id}" does not exist`);
    return api;
  }
}

/** @param result undefined when the time was up */
function conclude(result: InvocationResult | RefusedCall | undefined): WebReply {
  if (result === undefined || result.outcome === "throttled") return serviceUnavailable();
  if (result.outcome === "succeeded") return replyOf(result.payload);
  if (result.outcome === "refused" && result.isTooLarge) return tooLarge();
  return internalServerError();
}

function tooLarge(): WebReply {
  return jsonReply(413, { message: "Request Entity Too Large" });
}

function serviceUnavailable(): WebReply {
  return jsonReply(503, { message: "Service Unavailable" });
}

/** The ARN of a route in a stage. */
function sourceOf({ api, stage, match }: Entry): string {
  return `${api.executionArn}/${stage.name}/${match.routeKey.replace(" ", "")}`;
}

type Entry = {
  readonly api: HttpApi;
  readonly stage: Stage;
  readonly match: RouteMatch;
  readonly request: WebRequest;
  /** Without the stage. */
  readonly path: string;
  readonly requestId: string;
  readonly authorizer?: AuthorizerContext | undefined;
};
