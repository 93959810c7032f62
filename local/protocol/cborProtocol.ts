import { randomUUID } from "node:crypto";
import { cbor, dateToTag } from "@smithy/core/cbor";
import { isObject } from "../../aws/jsonObject.ts";
import { AwsError, notSupported } from "./awsError.ts";
import type { Call, Operations, Reply } from "./call.ts";

export type CborService = {
  /** As in the path: `/service/NAME/operation/OPERATION`. */
  readonly name: string;
  /** What stands before the `#` in an error's `__type`, for example `com.amazonaws.cloudwatch`. */
  readonly errorNamespace: string;
  readonly operations: Operations;
};

/** Whether a call speaks the protocol. */
export function isCbor({ headers }: Pick<Call, "headers">): boolean {
  return headers["smithy-protocol"] === "rpc-v2-cbor";
}

/**
 * Serves operations in the protocol Smithy RPC v2 CBOR. Operations return timestamps as dates, and receive them as
 * CBOR's tag 1. An `AwsError` becomes the protocol's error document; any other error is the server's to report.
 *
 * https://smithy.io/2.0/additional-specs/protocols/smithy-rpc-v2.html
 */
export function cborProtocol(service: CborService): (call: Call) => Promise<Reply> {
  return async (call) => {
    try {
      return reply(200, await operationOf(service, call)(inputOf(call), call));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorReply(service, error);
    }
  };
}

function operationOf({ name, operations }: CborService, { path }: Call) {
  const [, service, operation = ""] = /^\/service\/([^/]+)\/operation\/([^/]+)$/.exec(path) ?? [];
  const found =
    service === name && Object.hasOwn(operations, operation) ? operations[operation] : undefined;
  if (found === undefined) throw notSupported(`the operation "${path}"`);
  return found;
}

function inputOf({ body }: Call): Readonly<Record<string, unknown>> {
  if (body.length === 0) return {};
  const input = deserialize(body);
  if (isObject(input)) return input;
  throw new AwsError("SerializationException", "The request's body is not a map in CBOR.");
}

function deserialize(body: Buffer): unknown {
  try {
    return cbor.deserialize(body);
  } catch (error) {
    throw new AwsError("SerializationException", `The request's body is not CBOR: ${error}`);
  }
}

function errorReply({ errorNamespace }: CborService, error: AwsError): Reply {
  const fault = error.status < 500 ? "Sender" : "Receiver";
  const document = { __type: `${errorNamespace}#${error.code}`, message: error.message };
  return reply(error.status, document, { "x-amzn-query-error": `${error.queryCode};${fault}` });
}

function reply(
  status: number,
  document: object,
  headers: Readonly<Record<string, string>> = {},
): Reply {
  return {
    status,
    headers: {
      "content-type": "application/cbor",
      "smithy-protocol": "rpc-v2-cbor",
      "x-amzn-requestid": randomUUID(),
      ...headers,
    },
    body: Buffer.from(cbor.serialize(serializable(document))),
  };
}

/** Members that are undefined are left out. */
function serializable(value: unknown): unknown {
  if (value instanceof Date) return dateToTag(value);
  if (Array.isArray(value)) return value.map(serializable);
  if (!isObject(value)) return value;
  const members = Object.entries(value).filter(([, member]) => member !== undefined);
  return Object.fromEntries(members.map(([name, member]) => [name, serializable(member)]));
}
