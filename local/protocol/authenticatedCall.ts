import type { ServerResponse } from "node:http";
import { callerArnOf } from "./access.ts";
import { type Authentication, authenticate } from "./authentication/authenticate.ts";
import { authenticateForm } from "./authentication/formSignature.ts";
import { signingName } from "./authentication/readSignature.ts";
import type { SignedRequest } from "./authentication/signedRequest.ts";
import type { Call } from "./call.ts";
import { type Route, routeOf } from "./route.ts";

/** The service that a request is for, by what it states. */
export function statedRoute(request: SignedRequest): Route {
  return routeOf({ ...request, service: signingName(request) });
}

/**
 * The call that a request makes, once its signature is verified.
 *
 * @throws AwsError for a caller that is not who the request states
 */
export function authenticatedCall(
  request: SignedRequest,
  response: ServerResponse,
  route: Route,
  authentication: Authentication,
): Call {
  const principal = authenticate(request, route, authentication);
  const hungUp = new AbortController();
  response.once("close", () => {
    if (!response.writableEnded) hungUp.abort();
  });
  return {
    ...request,
    service: signingName(request),
    region: authentication.region,
    principal,
    callerArn: callerArnOf(principal),
    signal: hungUp.signal,
    signerOfForm: (policy, fields) => authenticateForm(policy, fields, authentication),
  };
}
