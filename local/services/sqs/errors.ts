import { AwsError } from "../../protocol/awsError.ts";

/**
 * The errors of SQS. A code has two forms: the shape's name, and the one of the older query protocol,
 * which SDKs of some languages and batch results still show.
 */
const simpleQueueService = "AWS.SimpleQueueService.";

export function invalidParameterValue(message: string): AwsError {
  return new AwsError("InvalidParameterValueException", message, {
    queryCode: "InvalidParameterValue",
  });
}

/** `Value 11 for parameter MaxNumberOfMessages is invalid. Reason: ...` */
export function invalidValue(
  value: string | number | boolean,
  parameter: string,
  reason: string,
): AwsError {
  return invalidParameterValue(
    `Value ${value} for parameter ${parameter} is invalid. Reason: ${reason}`,
  );
}

export function missingParameter(parameter: string): AwsError {
  return new AwsError(
    "MissingRequiredParameterException",
    `The request must contain the parameter ${parameter}.`,
    { queryCode: "MissingParameter" },
  );
}

export function unknownAttribute(name: string): AwsError {
  return invalidAttributeName(`Unknown Attribute ${name}.`);
}

export function invalidAttributeName(message: string): AwsError {
  return new AwsError("InvalidAttributeName", message);
}

/** `Invalid value for the parameter DelaySeconds.`, with a reason where AWS has one. */
export function invalidAttributeValue(name: string, reason?: string): AwsError {
  const because = reason === undefined ? "" : ` Reason: ${reason}`;
  return new AwsError(
    "InvalidAttributeValue",
    `Invalid value for the parameter ${name}.${because}`,
  );
}

export function queueDoesNotExist(): AwsError {
  return new AwsError("QueueDoesNotExist", "The specified queue does not exist.", {
    queryCode: `${simpleQueueService}NonExistentQueue`,
  });
}

export function queueNameExists(attribute: string): AwsError {
  return new AwsError(
    "QueueNameExists",
    `A queue already exists with the same name and a different value for attribute ${attribute}`,
    { queryCode: "QueueAlreadyExists" },
  );
}

export function queueDeletedRecently(): AwsError {
  return new AwsError(
    "QueueDeletedRecently",
    "You must wait 60 seconds after deleting a queue before you can create another with the same name.",
    { queryCode: `${simpleQueueService}QueueDeletedRecently` },
  );
}

export function purgeQueueInProgress(name: string): AwsError {
  return new AwsError(
    "PurgeQueueInProgress",
    `Only one PurgeQueue operation on ${name} is allowed every 60 seconds.`,
    { status: 403, queryCode: `${simpleQueueService}PurgeQueueInProgress` },
  );
}

export function receiptHandleIsInvalid(handle: string): AwsError {
  return new AwsError(
    "ReceiptHandleIsInvalid",
    `The input receipt handle "${handle}" is not a valid receipt handle.`,
  );
}

export function invalidMessageContents(message: string): AwsError {
  return new AwsError("InvalidMessageContents", message);
}

export function overLimit(message: string): AwsError {
  return new AwsError("OverLimit", message, { status: 403 });
}

export function resourceNotFound(message: string): AwsError {
  return new AwsError("ResourceNotFoundException", message, { status: 404 });
}

export function unsupportedOperation(message: string): AwsError {
  return new AwsError("UnsupportedOperation", message, {
    queryCode: `${simpleQueueService}UnsupportedOperation`,
  });
}

/** An error of a batch as a whole, for example `EmptyBatchRequest`. */
export function batchError(code: string, message: string): AwsError {
  return new AwsError(code, message, { queryCode: simpleQueueService + code });
}
