import type { Credentials } from "../../protocol/authentication/signRequest.ts";
import { notSupported } from "../../protocol/awsError.ts";
import { memberAt } from "../../protocol/memberAt.ts";
import { callService } from "../../protocol/serviceCall.ts";
import type { WebReply, WebRequest } from "../../protocol/webMessage.ts";

/** An integration of an HTTP API with another service. */
export type ServiceIntegration = {
  /** `EventBridge-PutEvents` */
  readonly subtype: string;
  /** The role as which the service is called. */
  readonly credentialsArn: string;
  /** `$request.body`, or texts with such selections in them as `${request.header.name}`. */
  readonly requestParameters: Readonly<Record<string, string>>;
};

export type Selections = {
  readonly request: WebRequest;
  readonly pathParameters: Readonly<Record<string, string>>;
  readonly context: Readonly<Record<string, string>>;
  readonly stageVariables: Readonly<Record<string, string>>;
};

type Parameters = Readonly<Record<string, string>>;

type Subtype = {
  readonly service: string;
  readonly target: string;
  readonly contentType: string;
  readonly path?: string;
  readonly input: (parameters: Parameters) => object;
};

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services-reference.html */
const subtypes: Readonly<Record<string, Subtype>> = {
  "EventBridge-PutEvents": {
    service: "events",
    target: "AWSEvents.PutEvents",
    contentType: "application/x-amz-json-1.1",
    input: ({ Region: _, ...entry }) => ({ Entries: [entry] }),
  },
  "SQS-SendMessage": {
    service: "sqs",
    target: "AmazonSQS.SendMessage",
    contentType: "application/x-amz-json-1.0",
    input: ({ Region: _, DelaySeconds, ...message }) => ({
      ...message,
      ...(DelaySeconds !== undefined && { DelaySeconds: Number(DelaySeconds) }),
    }),
  },
  "Kinesis-PutRecord": {
    service: "kinesis",
    target: "Kinesis_20131202.PutRecord",
    contentType: "application/x-amz-json-1.1",
    input: ({ Region: _, Data = "", ...record }) => ({
      ...record,
      Data: Buffer.from(Data).toString("base64"),
    }),
  },
};

/** @throws AwsError NotImplemented */
export function checkSubtype(subtype: string): void {
  if (Object.hasOwn(subtypes, subtype)) return;
  const known = Object.keys(subtypes).join(", ");
  throw notSupported(`the integration subtype "${subtype}" (it has ${known})`);
}

export async function callIntegratedService(
  { subtype, requestParameters }: ServiceIntegration,
  selections: Selections,
  caller: {
    readonly endpoint: string;
    readonly region: string;
    readonly credentials: Credentials;
  },
): Promise<WebReply> {
  const { service, target, contentType, input } = subtypes[subtype] ?? unknownSubtype(subtype);
  const parameters = Object.fromEntries(
    Object.entries(requestParameters).map(([name, text]) => [name, selected(text, selections)]),
  );
  const { status, headers, body } = await callService(caller.endpoint, caller.region, {
    service,
    method: "POST",
    path: "/",
    headers: { "content-type": contentType, "x-amz-target": target },
    body: JSON.stringify(input(parameters)),
    credentials: caller.credentials,
  });
  return { status, headers: { "content-type": headers["content-type"] ?? contentType }, body };
}

function unknownSubtype(subtype: string): never {
  throw notSupported(`the integration subtype "${subtype}"`);
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-parameter-mapping.html */
function selected(text: string, selections: Selections): string {
  if (/^\$[\w.[\]-]+$/.test(text)) return selectedValue(text.slice(1), selections);
  return text.replace(/\$\{([^}]+)\}/g, (_all, name: string) => selectedValue(name, selections));
}

function selectedValue(selection: string, selections: Selections): string {
  const { request, pathParameters, context, stageVariables } = selections;
  const [, where, name = ""] =
    /^(request\.(?:body|header|querystring|path)|context|stageVariables)\.?(.*)$/.exec(selection) ??
    [];
  switch (where) {
    case "request.body":
      return name === "" ? request.body.toString("utf8") : memberOf(request.body, name);
    case "request.header":
      return request.headers[name.toLowerCase()] ?? "";
    case "request.querystring":
      return new URLSearchParams(request.query).get(name) ?? "";
    case "request.path":
      return name === "" ? request.path : (pathParameters[name] ?? "");
    case "context":
      return context[name] ?? "";
    case "stageVariables":
      return stageVariables[name] ?? "";
    default:
      throw notSupported(`the parameter "$${selection}" of an integration`);
  }
}

/** @param path `orders.0.sku` */
function memberOf(body: Buffer, path: string): string {
  const value = memberAt(jsonOf(body), path.split("."));
  if (value === undefined || value === null) return "";
  return typeof value === "string" ? value : JSON.stringify(value);
}

/** A body that is no JSON has no members. */
function jsonOf(body: Buffer): unknown {
  try {
    return JSON.parse(body.toString("utf8"));
  } catch {
    return undefined;
  }
}
