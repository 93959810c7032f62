import { randomUUID } from "node:crypto";
import { isObject } from "../../aws/jsonObject.ts";
import { AwsError, notSupported } from "./awsError.ts";
import type { Call, Operations, Reply } from "./call.ts";

export type JsonService = {
  /** What stands before the operation's name in `X-Amz-Target`, for example `AmazonSQS`. */
  readonly targetPrefix: string;
  /** What stands before the `#` in an error's `__type`, for example `com.amazonaws.sqs`. */
  readonly errorNamespace: string;
  readonly operations: Operations;
  /** Whether errors have the code of the older query protocol as well. @default false */
  readonly hasQueryErrors?: boolean;
};

/**
 * Serves operations in the AWS JSON protocol, 1.0 or 1.1 as the caller speaks it.
 * An `AwsError` becomes the protocol's error document; any other error is the server's to report.
 *
 * https://smithy.io/2.0/aws/protocols/aws-json-1_0-protocol.html
 */
export function jsonProtocol(service: JsonService): (call: Call) => Promise<Reply> {
  return async (call) => {
    const contentType = call.headers["content-type"] ?? "application/x-amz-json-1.0";
    try {
      const output = await operationOf(service, call)(inputOf(call), call);
      return reply(200, contentType, output);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorReply(service, contentType, error);
    }
  };
}

function operationOf(service: JsonService, call: Call) {
  const target = call.headers["x-amz-target"] ?? "";
  const [prefix, name = ""] = target.split(".");
  const operation =
    prefix === service.targetPrefix && Object.hasOwn(service.operations, name)
      ? service.operations[name]
      : undefined;
  if (operation === undefined) throw notSupported(`the operation "${target}"`);
  return operation;
}

function inputOf(call: Call): Readonly<Record<string, unknown>> {
  const text = call.body.toString("utf8");
  if (text === "") return {};
  const input = parse(text);
  if (!isObject(input)) {
    throw new AwsError("SerializationException", "The request's body is not a JSON object.");
  }
  return input;
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError("SerializationException", `The request's body is not JSON: ${error}`);
  }
}

function errorReply(service: JsonService, contentType: string, error: AwsError): Reply {
  const fault = error.status < 500 ? "Sender" : "Receiver";
  const document = { __type: `${service.errorNamespace}#${error.code}`, message: error.message };
  // Clients of the older query protocol read the error code from this header.
  const queryError = { "x-amzn-query-error": `${error.queryCode};${fault}` };
  return reply(error.status, contentType, document, service.hasQueryErrors ? queryError : {});
}

function reply(
  status: number,
  contentType: string,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: { "content-type": contentType, "x-amzn-requestid": randomUUID(), ...headers },
    body: JSON.stringify(document),
  };
}
