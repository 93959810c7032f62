import { randomUUID } from "node:crypto";
import { AwsError, notSupported } from "./awsError.ts";
import type { Call, Operations, Reply } from "./call.ts";
import { queryErrorReply } from "./errorReply.ts";
import { formIn } from "./form.ts";
import { type Parameters, readParameters } from "./queryParameters.ts";
import { formatXml, type XmlContent } from "./xml.ts";

export type QueryService = {
  /** The XML namespace of the service's answers, for example `http://sns.amazonaws.com/doc/2010-03-31/`. */
  readonly namespace: string;
  readonly operations: Operations;
  /** Actions whose answer has no element for a result, not even an empty one. @default none */
  readonly withoutResult?: readonly string[];
  /** Reads what the parameters mean. @default as the protocol has it */
  readonly read?: (parameters: Parameters) => Request;
  /** What is thrown for an action that is not there. @default not supported */
  readonly unknownAction?: (action: string) => AwsError;
  /** The answer with an error. @default as the protocol has it */
  readonly writeError?: (error: AwsError) => Reply;
  /** The content of a result. @default as the protocol has it */
  readonly write?: (action: string, output: object) => XmlContent;
};

type Request = {
  readonly action: string | undefined;
  readonly input: Readonly<Record<string, unknown>>;
};

/**
 * Serves operations in the AWS query protocol: `Action=Publish&...` in a form or in the URL, XML back.
 * An `AwsError` becomes the protocol's error document; any other error is the server's to report.
 *
 * Operations get every scalar as text; `member` lists as arrays; `entry` maps as objects. In an
 * output an array is a list, a `Map` is a map, any other object is a structure, and a member that
 * is undefined is left out.
 *
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html
 */
export function queryProtocol(service: QueryService): (call: Call) => Promise<Reply> {
  return async (call) => {
    try {
      const { action, input } = requestOf(service, call);
      const output = await operationOf(service, action)(input, call);
      return resultReply(service, action, output);
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return service.writeError?.(error) ?? queryErrorReply(error, service.namespace);
    }
  };
}

function requestOf({ read = readRequest }: QueryService, call: Call) {
  const parameters: [name: string, text: string][] = [];
  for (const part of [call.query, formIn(call.body)]) {
    part.forEach((text, name) => {
      parameters.push([name, text]);
    });
  }
  const { action, input } = read(parameters);
  if (action === undefined) {
    throw new AwsError("MissingAction", "The request has no parameter Action.");
  }
  return { action, input };
}

function readRequest(parameters: Parameters): Request {
  const { Action, Version, ...input } = readParameters(parameters);
  return { action: typeof Action === "string" ? Action : undefined, input };
}

function operationOf(service: QueryService, action: string) {
  const operation = Object.hasOwn(service.operations, action)
    ? service.operations[action]
    : undefined;
  if (operation !== undefined) return operation;
  throw service.unknownAction?.(action) ?? notSupported(`the action "${action}"`);
}

function resultReply(service: QueryService, action: string, output: object): Reply {
  const requestId = randomUUID();
  const { namespace, withoutResult = [], write = (_action, result) => contentOf(result) } = service;
  const response = {
    ...(!withoutResult.includes(action) && { [`${action}Result`]: write(action, output) }),
    ResponseMetadata: { RequestId: requestId },
  };
  return reply(200, requestId, formatXml(`${action}Response`, response, namespace));
}

function reply(status: number, requestId: string, body: string): Reply {
  return {
    status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body,
  };
}

function contentOf(value: unknown): XmlContent {
  if (Array.isArray(value)) return { member: value.map(contentOf) };
  if (value instanceof Map) {
    return { entry: [...value].map(([key, item]) => ({ key, value: contentOf(item) })) };
  }
  if (typeof value === "object" && value !== null) {
    return Object.fromEntries(
      Object.entries(value).map(([name, member]) => [name, contentOf(member)]),
    );
  }
  return value === undefined ? undefined : String(value);
}
