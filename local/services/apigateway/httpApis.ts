import { account, formatArn } from "../../arn.ts";
import type { Authorize } from "../../protocol/access.ts";
import { notSupported } from "../../protocol/awsError.ts";
import { jsonReply, type WebReply, type WebRequest } from "../../protocol/webMessage.ts";
import type { Clock } from "../../time/clock.ts";
import type { Trace } from "../../trace/trace.ts";
import type { InvocationResult, Invoker } from "../lambda/interface.ts";
import { eventOf, newRequestId } from "./event.ts";
import type { ApiOrigin } from "./interface.ts";
import { internalServerError, replyOf } from "./response.ts";
import { TokenBucket } from "./tokenBucket.ts";

export type HttpApisOptions = {
  readonly functions: Invoker;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly region: string;
};

export type Integration = { readonly functionArn: string; readonly timeoutMilliseconds: number };

export type Throttling = { readonly perSecond: number; readonly burst: number };

/** An API's id, domain name and ARN. */
export type ApiNames = {
  readonly id: string;
  /** `<id>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly executionArn: string;
};

type HttpApi = ApiNames & {
  readonly integrations: Map<string, Integration>;
  /** Ids of integrations by route key. */
  readonly routes: Map<string, string>;
  /** The throttling of the default stage; undefined without a stage. */
  limit: TokenBucket | "none" | undefined;
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

  constructor(options: HttpApisOptions) {
    this.#options = options;
  }

  create(id: string): ApiNames {
    const { region } = this.#options;
    const names = {
      id,
      domainName: `${id}.execute-api.${region}.amazonaws.com`,
      executionArn: formatArn("execute-api", region, id),
    };
    this.#apis.set(id, { ...names, integrations: new Map(), routes: new Map(), limit: undefined });
    return names;
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
   * @param routeKey `POST /bookings`, or `$default` for requests that match no other route
   * @throws AwsError NotImplemented for parameters in the path, and for `ANY`
   */
  addRoute(apiId: string, routeKey: string, integrationId: string): void {
    const isPlain = /^([A-Z]+ \/[\w/.-]*|\$default)$/.test(routeKey);
    if (!isPlain || routeKey.startsWith("ANY ")) throw notSupported(`the route "${routeKey}"`);
    const { integrations, routes } = this.#get(apiId);
    if (!integrations.has(integrationId)) {
      throw new Error(`the integration "${integrationId}" does not exist`);
    }
    routes.set(routeKey, integrationId);
  }

  removeRoute(apiId: string, routeKey: string): void {
    this.#apis.get(apiId)?.routes.delete(routeKey);
  }

  /** Deploys the API: without its default stage it serves nothing. */
  deploy(apiId: string, throttling?: Throttling): void {
    const { clock } = this.#options;
    this.#get(apiId).limit = throttling
      ? new TokenBucket(clock, throttling.perSecond, throttling.burst)
      : "none";
  }

  /** Takes the default stage away. */
  undeploy(apiId: string): void {
    const api = this.#apis.get(apiId);
    if (api !== undefined) api.limit = undefined;
  }

  /** The id of the API with that domain name. */
  idAt(domainName: string): string | undefined {
    return [...this.#apis.values()].find((api) => api.domainName === domainName)?.id;
  }

  async answer(id: string, request: WebRequest): Promise<WebReply> {
    const requestId = newRequestId();
    const { status, headers, body } = await this.#answer(this.#get(id), request, requestId);
    return { status, headers: { ...headers, "apigw-requestid": requestId }, body };
  }

  async #answer(api: HttpApi, request: WebRequest, requestId: string): Promise<WebReply> {
    if (request.body.length > mostBytes) {
      return jsonReply(413, { message: "Request Entity Too Large" });
    }
    const routeKey = routeFor(api, request);
    const integration = integrationOf(api, routeKey);
    if (api.limit === undefined || routeKey === undefined || integration === undefined) {
      return jsonReply(404, { message: "Not Found" });
    }
    if (api.limit !== "none" && !api.limit.take()) {
      return jsonReply(429, { message: "Too Many Requests" });
    }
    const source = `${api.executionArn}/$default/${routeKey.replace(" ", "")}`;
    if (!this.#mayInvoke(source, integration.functionArn, requestId)) return internalServerError();
    const { id: apiId, domainName } = api;
    const time = this.#options.clock.now();
    const event = eventOf(request, { apiId, domainName, routeKey, requestId, time });
    const result = await this.#invoke(integration, JSON.stringify(event));
    return this.#conclude(source, integration.functionArn, result);
  }

  #mayInvoke(source: string, functionArn: string, requestId: string): boolean {
    const decision = this.#options.authorize({
      principal: { kind: "service", name: "apigateway.amazonaws.com" },
      action: "lambda:InvokeFunction",
      resource: functionArn,
      context: {
        "aws:SourceArn": source,
        "aws:SourceAccount": account,
        "aws:SecureTransport": "true",
      },
    });
    if (decision.allowed) return true;
    const { reason } = decision;
    this.#options.trace.record(requestId, source, functionArn, { kind: "denied", reason });
    return false;
  }

  /** Undefined after a timeout: API Gateway responds, and the function continues. */
  #invoke(integration: Integration, event: string): Promise<InvocationResult | undefined> {
    const { clock, functions } = this.#options;
    return new Promise((resolve, reject) => {
      const deadline = clock.now() + integration.timeoutMilliseconds;
      const cancel = clock.at(deadline, () => resolve(undefined));
      functions.invoke(integration.functionArn, event).then(resolve, reject).finally(cancel);
    });
  }

  #conclude(source: string, functionArn: string, result: InvocationResult | undefined): WebReply {
    if (result === undefined || result.outcome === "throttled") {
      return jsonReply(503, { message: "Service Unavailable" });
    }
    if (result.outcome === "succeeded") return replyOf(result.payload);
    const { requestId, error } = result;
    const reason = error.errorMessage;
    this.#options.trace.record(requestId, source, functionArn, {
      kind: "failed",
      requestId,
      reason,
    });
    return internalServerError();
  }

  #get(id: string): HttpApi {
    const api = this.#apis.get(id);
    if (api === undefined) throw new Error(`the HTTP API "${id}" does not exist`);
    return api;
  }
}

function integrationOf(
  { routes, integrations }: HttpApi,
  routeKey: string | undefined,
): Integration | undefined {
  const id = routeKey === undefined ? undefined : routes.get(routeKey);
  return id === undefined ? undefined : integrations.get(id);
}

function routeFor({ routes }: HttpApi, { method, path }: WebRequest): string | undefined {
  return [`${method} ${path}`, "$default"].find((routeKey) => routes.has(routeKey));
}
