import { randomUUID } from "node:crypto";
import { AwsError, notSupported } from "./awsError.ts";
import type { Call, Operations, Reply } from "./call.ts";
import { queryErrorReply } from "./errorReply.ts";
import { formIn } from "./form.ts";
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

type Parameters = readonly (readonly [name: string, text: string])[];

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

type Node = { text?: string; readonly children: Map<string, Node> };

/** The input that parameters such as `Tags.member.1.Key=team` stand for. */
export function readParameters(
  parameters: Iterable<readonly [string, string]>,
): Readonly<Record<string, unknown>> {
  const root: Node = { children: new Map() };
  for (const [name, text] of parameters) nodeAt(root, name.split(".")).text = text;
  return readStructure(root);
}

function nodeAt(root: Node, path: readonly string[]): Node {
  return path.reduce((node, name) => {
    const known = node.children.get(name);
    if (known !== undefined) return known;
    const child: Node = { children: new Map() };
    node.children.set(name, child);
    return child;
  }, root);
}

function readValue(node: Node): unknown {
  const members = node.children.get("member");
  if (members !== undefined) return itemsOf(members).map(readValue);
  const entries = node.children.get("entry");
  if (entries !== undefined) return Object.fromEntries(itemsOf(entries).map(readEntry));
  return node.children.size === 0 ? node.text : readStructure(node);
}

function readStructure(node: Node): Record<string, unknown> {
  return Object.fromEntries([...node.children].map(([name, child]) => [name, readValue(child)]));
}

/** The children `1`, `2`, ... in the order of their numbers, which need not be the order sent. */
function itemsOf(node: Node): Node[] {
  return [...node.children].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}

/** SNS names the two halves of an entry `Name` and `Value` in one map, `key` and `value` in the others. */
function readEntry(node: Node): [string, unknown] {
  const key = node.children.get("key") ?? node.children.get("Name");
  const value = node.children.get("value") ?? node.children.get("Value");
  return [key?.text ?? "", value === undefined ? "" : readValue(value)];
}

/**
 * The parameters that stand for an input: the reverse of `readParameters`. As in an output, an array is a
 * list, a `Map` is a map, any other object is a structure, and a member that is undefined or null is left out.
 */
export function flatParameters(input: object): [name: string, text: string][] {
  return Object.entries(input).flatMap(([name, value]) => flat(name, value));
}

function flat(name: string, value: unknown): [name: string, text: string][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  const parts = partsOf(value);
  // An empty list or map is sent as an empty text.
  if (parts.length === 0) return [[name, ""]];
  return parts.flatMap(([part, item]) => flat(`${name}.${part}`, item));
}

function partsOf(value: object): [name: string, item: unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [`member.${index + 1}`, item]);
  if (!(value instanceof Map)) return Object.entries(value);
  return [...value].map(([key, item], index) => [`entry.${index + 1}`, { key, value: item }]);
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
