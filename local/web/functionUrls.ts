import { account } from "../arn.ts";
import { type AccessRequest, type Authorize, overTls, type Principal } from "../protocol/access.ts";
import { type Authentication, authenticate } from "../protocol/authentication/authenticate.ts";
import { AwsError } from "../protocol/awsError.ts";
import { type CorsSettings, isPreflight, preflightReply, withCors } from "../protocol/cors.ts";
import { jsonErrorReply } from "../protocol/errorReply.ts";
import { jsonReply, textReply, type WebReply, type WebRequest } from "../protocol/webMessage.ts";
import { eventOf, newRequestId } from "../services/apigateway/event.ts";
import { replyOf } from "../services/apigateway/response.ts";
import type { Invoker } from "../services/lambda/interface.ts";
import type { Clock } from "../time/clock.ts";
import type { Trace } from "../trace/trace.ts";

export type FunctionUrlsOptions = {
  readonly functions: Invoker;
  readonly authorize: Authorize;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly region: string;
  /** Verifies the signatures of callers. */
  readonly authentication: Authentication;
};

export type FunctionUrl = {
  readonly id: string;
  readonly functionArn: string;
  readonly authorization: "AWS_IAM" | "NONE";
  /** @default pages of other origins may not call */
  readonly cors?: CorsSettings | undefined;
};

/** Lambda takes no larger request. */
const mostBytes = 6 * 1024 * 1024;

/**
 * URLs of functions. Like APIs they trace only what goes wrong.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/urls-invocation.html
 */
export class FunctionUrls {
  readonly #options: FunctionUrlsOptions;
  readonly #urls = new Map<string, FunctionUrl>();

  constructor(options: FunctionUrlsOptions) {
    this.#options = options;
  }

  /** Makes a URL, or replaces the one of that id. */
  set(url: FunctionUrl): void {
    this.#urls.set(url.id, url);
  }

  has(id: string): boolean {
    return this.#urls.has(id);
  }

  find(id: string): FunctionUrl | undefined {
    return this.#urls.get(id);
  }

  delete(id: string): void {
    this.#urls.delete(id);
  }

  domainName(id: string): string {
    return `${id}.lambda-url.${this.#options.region}.on.aws`;
  }

  /** By id. */
  domains(): ReadonlyMap<string, string> {
    return new Map([...this.#urls.keys()].map((id) => [id, this.domainName(id)]));
  }

  /** @throws Error when there is no such URL */
  async answer(id: string, request: WebRequest): Promise<WebReply> {
    const url = this.#urls.get(id);
    if (url === undefined) throw new Error(`the function URL "${id}" does not exist`);
    const { cors } = url;
    if (cors !== undefined && isPreflight(request)) return preflightReply(cors, request, 200);
    const reply = await this.#invokeAsCaller(url, request);
    return cors === undefined ? reply : withCors(cors, request, reply);
  }

  async #invokeAsCaller(url: FunctionUrl, request: WebRequest): Promise<WebReply> {
    try {
      const isOpen = url.authorization === "NONE" || !isSigned(request);
      return await this.#invoke(url, request, isOpen ? anyone : this.#signer(request));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      const { status, headers, body } = jsonErrorReply(error);
      return { status, headers, body };
    }
  }

  async #invoke(url: FunctionUrl, request: WebRequest, caller: Principal): Promise<WebReply> {
    const { id, functionArn } = url;
    const { functions, clock, trace } = this.#options;
    const requestId = newRequestId();
    const source = `https://${this.domainName(id)}`;
    if (request.body.length > mostBytes) {
      return jsonReply(413, { Message: "Request must be smaller than 6291456 bytes" });
    }
    const reason = this.#denial(url, caller);
    if (reason !== undefined) {
      trace.record(requestId, source, functionArn, { kind: "denied", reason });
      return jsonReply(403, { Message: "Forbidden" });
    }
    const entrance = { apiId: id, domainName: this.domainName(id), routeKey: "$default" };
    const anonymous = url.authorization === "NONE" && { accountId: "anonymous" };
    const event = eventOf(request, { ...entrance, requestId, time: clock.now(), ...anonymous });
    const result = await functions.invoke(functionArn, JSON.stringify(event));
    if (result.outcome === "succeeded") return replyOf(result.payload);
    if (result.outcome === "throttled") return jsonReply(429, { Message: "Rate Exceeded." });
    const { errorMessage } = result.error;
    const failure = { requestId: result.requestId, reason: errorMessage };
    trace.record(result.requestId, source, functionArn, { kind: "failed", ...failure });
    return textReply(502, "Internal Server Error");
  }

  /** Why the caller may not invoke the function: it needs both actions. */
  #denial({ functionArn, authorization }: FunctionUrl, principal: Principal): string | undefined {
    const shared = { "aws:SourceAccount": account, ...overTls };
    const calls: Pick<AccessRequest, "action" | "context">[] = [
      {
        action: "lambda:InvokeFunctionUrl",
        context: { ...shared, "lambda:FunctionUrlAuthType": authorization },
      },
      {
        action: "lambda:InvokeFunction",
        context: { ...shared, "lambda:InvokedViaFunctionUrl": "true" },
      },
    ];
    for (const call of calls) {
      const decision = this.#options.authorize({ ...call, principal, resource: functionArn });
      if (!decision.allowed) return decision.reason;
    }
    return undefined;
  }

  /** @throws AwsError for a signature that is not valid */
  #signer({ method, path, sentPath = path, query, headers, body }: WebRequest): Principal {
    const sent = { method, path: sentPath, query: new URLSearchParams(query), headers, body };
    return authenticate(sent, { service: "lambda", form: "json" }, this.#options.authentication);
  }
}

const anyone: Principal = { kind: "anonymous" };

function isSigned({ headers, query }: WebRequest): boolean {
  return headers.authorization !== undefined || query.includes("X-Amz-Signature=");
}
