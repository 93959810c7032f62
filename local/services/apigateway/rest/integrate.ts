import type { Credentials } from "../../../protocol/authentication/signRequest.ts";
import { callService, type HttpAnswer, sendRequest } from "../../../protocol/serviceCall.ts";
import { jsonReply, type WebReply } from "../../../protocol/webMessage.ts";
import type { Trace } from "../../../trace/trace.ts";
import type { InvocationResult, Invoker } from "../../lambda/interface.ts";
import type { Integration, IntegrationResponse } from "./integration.ts";
import { type Arrival, mapRequest, mapResponse } from "./mapping.ts";
import { integrationFailure, proxyReply } from "./proxyReply.ts";
import { queryAnswer } from "./queryAnswer.ts";

export type IntegrationServices = {
  readonly functions: Invoker;
  readonly trace: Trace;
  readonly region: string;
  readonly endpoint: () => string;
  readonly credentials: (roleArn: string) => Credentials;
};

/** What an integration does with a request. */
export type Work = {
  readonly integration: Integration;
  readonly responses: readonly IntegrationResponse[];
  readonly arrival: Arrival;
  /** The event of a proxy. */
  readonly event: object;
  /** Where the request came in, for the trace. */
  readonly source: string;
  readonly binaryMediaTypes: readonly string[];
};

export async function integrate(services: IntegrationServices, work: Work): Promise<WebReply> {
  const { integration, arrival } = work;
  switch (integration.kind) {
    case "lambdaProxy":
      return invokeProxy(services, integration.functionArn, work);
    case "lambda":
      return invokeMapped(services, integration.functionArn, work);
    case "service":
      return mapped(work, await call(services, integration, arrival));
    case "http":
      return mapped(work, await request(integration, arrival));
    case "httpProxy":
      return forward(integration, arrival);
    case "mock":
      return mock(work);
  }
}

async function invokeProxy(
  services: IntegrationServices,
  functionArn: string,
  work: Work,
): Promise<WebReply> {
  const result = await services.functions.invoke(functionArn, JSON.stringify(work.event));
  if (result.outcome === "succeeded") return proxyReply(result.payload, work.binaryMediaTypes);
  traceFailure(services, functionArn, work, result);
  return integrationFailure(result.outcome === "throttled" ? 500 : 502);
}

async function invokeMapped(
  services: IntegrationServices,
  functionArn: string,
  work: Work,
): Promise<WebReply> {
  const { body } = mapRequest(work.integration, work.arrival);
  const result = await services.functions.invoke(functionArn, body === "" ? "{}" : body);
  if (result.outcome === "throttled") return integrationFailure(500);
  if (result.outcome === "succeeded") {
    return mapped(work, { status: 200, headers: {}, body: result.payload }, "none");
  }
  traceFailure(services, functionArn, work, result);
  const answer = { status: 200, headers: {}, body: JSON.stringify(result.error) };
  return mapped(work, answer, result.error.errorMessage);
}

function traceFailure(
  { trace }: IntegrationServices,
  functionArn: string,
  { source }: Work,
  result: InvocationResult,
): void {
  const { requestId } = result;
  const reason = result.outcome === "failed" ? result.error.errorMessage : "throttled";
  trace.record(requestId, source, functionArn, { kind: "failed", requestId, reason });
}

async function call(
  { endpoint, region, credentials }: IntegrationServices,
  integration: Integration & { kind: "service" },
  arrival: Arrival,
): Promise<HttpAnswer> {
  const { service, httpMethod, call: target, credentials: roleArn = "" } = integration;
  const { headers, query, pathParameters, body } = mapRequest(integration, arrival);
  const parameters = new URLSearchParams(query);
  if ("action" in target && headers["x-amz-target"] === undefined) {
    parameters.set("Action", target.action);
  }
  const path = "action" in target ? "/" : filled(target.path, pathParameters);
  const answer = await callService(endpoint(), region, {
    service,
    method: httpMethod,
    path: parameters.size === 0 ? path : `${path}?${parameters}`,
    headers,
    body,
    credentials: credentials(roleArn),
  });
  return service === "sqs" || service === "sns" ? queryAnswer(answer) : answer;
}

function request(
  integration: Integration & { kind: "http" },
  arrival: Arrival,
): Promise<HttpAnswer> {
  const { headers, query, pathParameters, body } = mapRequest(integration, arrival);
  const url = filled(integration.uri, pathParameters);
  return sendRequest(query === "" ? url : `${url}?${query}`, {
    method: integration.httpMethod ?? arrival.request.method,
    headers,
    body,
  });
}

async function forward(
  integration: Integration & { kind: "httpProxy" },
  arrival: Arrival,
): Promise<WebReply> {
  const { request: given } = arrival;
  const { headers: added, query, pathParameters } = mapRequest(integration, arrival);
  const { host: _, connection: _c, "content-length": _l, ...headers } = given.headers;
  const url = filled(integration.uri, pathParameters);
  const all = [given.query, query].filter((each) => each !== "").join("&");
  const answer = await sendRequest(all === "" ? url : `${url}?${all}`, {
    method: integration.httpMethod ?? given.method,
    headers: { ...headers, ...added },
    body: given.body,
  });
  const { "content-encoding": _e, "content-length": _n, ...kept } = answer.headers;
  return { status: answer.status, headers: kept, body: answer.body };
}

/** A mock integration answers with the status that its request template names. */
function mock(work: Work): WebReply {
  const { body } = mapRequest(work.integration, work.arrival);
  const status = /"?statusCode"?\s*:\s*(\d{3})/.exec(body)?.[1] ?? "200";
  return mapped(work, { status: Number(status), headers: {}, body: "" });
}

function mapped(
  { responses, arrival }: Work,
  answer: HttpAnswer,
  selector = String(answer.status),
): WebReply {
  const reply = mapResponse(
    responses,
    answer,
    selector === "none" ? undefined : selector,
    arrival.scope,
  );
  return reply ?? jsonReply(500, { message: "Internal server error" });
}

/** `https://example.com/{proxy}` */
function filled(template: string, parameters: Readonly<Record<string, string>>): string {
  return template.replace(/\{(\w+)\+?\}/g, (_all, name: string) => parameters[name] ?? "");
}
