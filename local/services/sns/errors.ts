import { AwsError } from "../../protocol/awsError.ts";

/** `Invalid parameter: Subject` */
export function invalidParameter(what: string): AwsError {
  return new AwsError("InvalidParameter", `Invalid parameter: ${what}`);
}

/** `Invalid parameter: TopicArn Reason: ...` */
export function invalidParameterBecause(parameter: string, reason: string): AwsError {
  return invalidParameter(`${parameter} Reason: ${reason}`);
}

/** What SNS finds wrong in a message attribute. */
export function invalidAttributeOfMessage(problem: string): AwsError {
  return new AwsError("ParameterValueInvalid", problem);
}

/** `Invalid state: Cannot delete a topic with an ArchivePolicy` */
export function invalidState(what: string): AwsError {
  return new AwsError("InvalidState", `Invalid state: ${what}`);
}

export function topicDoesNotExist(): AwsError {
  return notFound("Topic does not exist");
}

export function subscriptionDoesNotExist(): AwsError {
  return notFound("Subscription does not exist");
}

function notFound(message: string): AwsError {
  return new AwsError("NotFound", message, { status: 404 });
}

/** `action` as AWS writes it here: `SNS:Publish`. */
export function notAuthorized(
  caller: string,
  action: string,
  resource: string,
  reason: string,
): AwsError {
  return new AwsError(
    "AuthorizationError",
    `User: ${caller} is not authorized to perform: ${action} on resource: ${resource}. ${reason}`,
    { status: 403 },
  );
}

/** For a call without a signature that no policy allows. */
export function missingAuthenticationToken(): AwsError {
  return new AwsError("MissingAuthenticationToken", "Request is missing Authentication Token", {
    status: 403,
  });
}

/** `SubscriptionLimitExceeded`, `FilterPolicyLimitExceeded`, `TagLimitExceeded`. */
export function limitExceeded(code: string, message: string, status = 403): AwsError {
  return new AwsError(code, message, { status });
}
