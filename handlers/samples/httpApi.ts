import type {
  APIGatewayProxyEventV2,
  APIGatewayProxyStructuredResultV2,
  Context,
} from "aws-lambda";
import { logger } from "../lib/logger.ts";

export type HttpRequest = APIGatewayProxyEventV2;
export type HttpResponse = APIGatewayProxyStructuredResultV2;

/** A function's entry point for an HTTP API, payload format 2.0. */
export type HttpHandler = (request: HttpRequest, context: Context) => Promise<HttpResponse>;

/**
 * Serves the routes of an HTTP API, by route key: `POST /bookings`. Errors are answered as JSON: an
 * `HttpError` with its status, anything else with 500 and without the reason, which is logged.
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-lambda.html
 */
export function handleRoutes(
  routes: Readonly<Record<string, (request: HttpRequest) => Promise<HttpResponse>>>,
): HttpHandler {
  return async (request, context) => {
    logger.addContext(context);
    try {
      const route = routes[request.routeKey];
      if (route === undefined) throw new HttpError(404, "There is nothing here.");
      return await route(request);
    } catch (error) {
      return errorResponse(request, error);
    }
  };
}

/** A JSON response that is never cached. */
export function json(statusCode: number, body: object): HttpResponse {
  return {
    statusCode,
    headers: { "content-type": "application/json", "cache-control": "no-store" },
    body: JSON.stringify(body),
  };
}

function errorResponse({ routeKey, requestContext }: HttpRequest, error: unknown): HttpResponse {
  const request = { routeKey, requestId: requestContext.requestId };
  if (error instanceof HttpError) {
    const { status, message, problems } = error;
    logger.info("refused", { ...request, status, reason: message, problems });
    return json(status, { message, ...(problems && { problems }) });
  }
  logger.error("failed", { ...request, error });
  return json(500, { message: "Something went wrong here. Please try again." });
}

/** What is wrong with one field of a request, for the person who filled it in. */
export type Problem = { readonly field: string; readonly message: string };

/** An error of the caller, answered with a status of 4xx. */
export class HttpError extends Error {
  override readonly name = "HttpError";
  readonly status: number;
  readonly problems: readonly Problem[] | undefined;

  /** @param message is sent to the caller */
  constructor(status: number, message: string, problems?: readonly Problem[]) {
    super(message);
    this.status = status;
    this.problems = problems;
  }
}
