import type { ServerResponse } from "node:http";
import { callerArnOf } from "./access.ts";
import { type Authentication, authenticate } from "./authentication/authenticate.ts";
import { authenticateForm } from "./authentication/formSignature.ts";
import { signingName } from "./authentication/readSignature.ts";
import type { SignedRequest } from "./authentication/signedRequest.ts";
import type { Call } from "./call.ts";
import { type Route, routeOf } from "./route.ts";

/** Where a request goes, by what it states. */
export type StatedRoute = Route & {
  /** The signing name (`sqs`), where the request is signed. */
  readonly signedFor: string | undefined;
};

export function statedRoute(request: SignedRequest): StatedRoute {
  const signedFor = signingName(request);
  return { ...routeOf({ ...request, service: signedFor }), signedFor };
}

/**
 * The call that a request makes, once its signature is verified.
 *
 * @throws AwsError for a caller that is not who the request states
 */
export function authenticatedCall(
  request: SignedRequest,
  response: ServerResponse,
  route: StatedRoute,
  authentication: Authentication,
): Call {
  const principal = authenticate(request, route, authentication);
  return {
    ...request,
    service: route.signedFor,
    region: authentication.region,
    principal,
    callerArn: callerArnOf(principal),
    hungUp: () => hungUp(response),
    signerOfForm: (policy, fields) => authenticateForm(policy, fields, authentication),
  };
}

/** Aborted when the caller disconnects before its answer is complete. */
function hungUp(response: ServerResponse): AbortSignal {
  const controller = new AbortController();
  const abort = () => {
    if (!response.writableEnded) controller.abort();
  };
  if (response.destroyed) abort();
  else response.once("close", abort);
  return controller.signal;
}
