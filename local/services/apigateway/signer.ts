import { account } from "../../arn.ts";
import { type Authorize, callerArnOf, overTls, type Principal } from "../../protocol/access.ts";
import { type Authentication, authenticate } from "../../protocol/authentication/authenticate.ts";
import { AwsError } from "../../protocol/awsError.ts";
import type { WebRequest } from "../../protocol/webMessage.ts";

export type SignerOptions = {
  readonly authorize: Authorize;
  /** Verifies the signatures of callers. */
  readonly authentication: Authentication;
};

/** Who signed a request and may call the method, or why it is refused. */
export type Admission =
  | { readonly userArn: string }
  | { readonly refusal: "unsigned" | "wrong" | "denied"; readonly message: string };

/**
 * Admits the signer of a request whose policies allow it to invoke a method.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/permissions.html
 */
export function admitSigner(
  options: SignerOptions,
  request: WebRequest,
  methodArn: string,
): Admission {
  if (!isSigned(request)) {
    return { refusal: "unsigned", message: "Missing Authentication Token" };
  }
  const signer = signerOf(request, options.authentication);
  if (signer instanceof AwsError) return { refusal: "wrong", message: signer.message };
  const context = { "aws:SourceAccount": account, ...overTls };
  const action = "execute-api:Invoke";
  const decision = options.authorize({ principal: signer, action, resource: methodArn, context });
  const userArn = callerArnOf(signer);
  if (decision.allowed) return { userArn };
  const message = `User: ${userArn} is not authorized to perform: ${action} on resource: ${methodArn}`;
  return { refusal: "denied", message };
}

function isSigned({ headers, query }: WebRequest): boolean {
  return headers.authorization !== undefined || query.includes("X-Amz-Signature=");
}

function signerOf(request: WebRequest, authentication: Authentication): Principal | AwsError {
  const { method, path, sentPath = path, query, headers, body } = request;
  const sent = { method, path: sentPath, query: new URLSearchParams(query), headers, body };
  try {
    return authenticate(sent, { service: "execute-api", form: "json" }, authentication);
  } catch (error) {
    if (error instanceof AwsError) return error;
    throw error;
  }
}
