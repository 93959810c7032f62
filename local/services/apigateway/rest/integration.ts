import { notSupported } from "../../../protocol/awsError.ts";
import { checkTemplate } from "./template.ts";
import { wholePattern } from "./wholePattern.ts";

/** What a method does with a request. */
export type Integration = Target & {
  /** 50 to 29,000 milliseconds. */
  readonly timeoutMilliseconds: number;
  /** The role as which another service is called; absent for the API's own permission. */
  readonly credentials?: string | undefined;
  /** Templates of the request's body, by content type. */
  readonly requestTemplates: Readonly<Record<string, string>>;
  /** `integration.request.header.Content-Type` to `'text'` or `method.request.header.Name`. */
  readonly requestParameters: Readonly<Record<string, string>>;
};

/** Where the request goes. */
type Target =
  | { readonly kind: "lambdaProxy" | "lambda"; readonly functionArn: string }
  /** A call of an AWS service: by the name of an action, or to a path. */
  | {
      readonly kind: "service";
      readonly service: string;
      readonly httpMethod: string;
      readonly call: { readonly action: string } | { readonly path: string };
    }
  | {
      readonly kind: "httpProxy";
      readonly uri: string;
      /** @default the request's own */
      readonly httpMethod?: string | undefined;
    }
  | { readonly kind: "http"; readonly uri: string; readonly httpMethod?: string | undefined }
  | { readonly kind: "mock" };

/** What becomes of an integration's answer, where the integration is no proxy. */
export type IntegrationResponse = {
  readonly statusCode: string;
  /** Of the answer's status, or of a function's error; absent for the response of all others. */
  readonly selectionPattern?: string | undefined;
  readonly responseTemplates: Readonly<Record<string, string>>;
  /** `method.response.header.Name` to `'text'` or `integration.response.header.Name`. */
  readonly responseParameters: Readonly<Record<string, string>>;
};

/**
 * What a response is chosen by; undefined for the response of all others.
 *
 * @throws AwsError BadRequestException for a pattern that is no regular expression
 */
export function selectionOf({ selectionPattern }: IntegrationResponse): RegExp | undefined {
  return selectionPattern ? wholePattern("selection pattern", selectionPattern) : undefined;
}

export type IntegrationSettings = {
  readonly type: string;
  readonly uri?: string | undefined;
  readonly integrationHttpMethod?: string | undefined;
  readonly credentials?: string | undefined;
  readonly timeoutMilliseconds?: number | undefined;
  readonly requestTemplates?: Readonly<Record<string, string>> | undefined;
  readonly requestParameters?: Readonly<Record<string, string>> | undefined;
};

/** The longest that API Gateway waits unless its quota is raised. */
const longestWait = 29_000;

/**
 * https://docs.aws.amazon.com/apigateway/latest/api/API_PutIntegration.html
 *
 * @throws AwsError NotImplemented for a target or a template that the local cloud cannot do
 */
export function integrationOf(settings: IntegrationSettings): Integration {
  const { credentials, timeoutMilliseconds = longestWait } = settings;
  const { requestTemplates = {}, requestParameters = {} } = settings;
  for (const template of Object.values(requestTemplates)) checkTemplate(template);
  const target = targetOf(settings);
  return { ...target, credentials, timeoutMilliseconds, requestTemplates, requestParameters };
}

function targetOf({ type, uri = "", integrationHttpMethod }: IntegrationSettings): Target {
  const kind = type.toUpperCase();
  const functionArn = functionIn(uri);
  if (kind === "MOCK") return { kind: "mock" };
  if (kind === "AWS_PROXY" && functionArn !== undefined)
    return { kind: "lambdaProxy", functionArn };
  if (kind === "AWS" && functionArn !== undefined) return { kind: "lambda", functionArn };
  if (kind === "AWS") return serviceTarget(uri, integrationHttpMethod ?? "POST");
  if (kind === "HTTP" || kind === "HTTP_PROXY") {
    if (!/^https?:\/\//.test(uri)) throw notSupported(`the integration URI "${uri}"`);
    const httpMethod = integrationHttpMethod === "ANY" ? undefined : integrationHttpMethod;
    return { kind: kind === "HTTP" ? "http" : "httpProxy", uri, httpMethod };
  }
  throw notSupported(`an integration of the type ${type} with the URI "${uri}"`);
}

/** `arn:aws:apigateway:REGION:lambda:path/2015-03-31/functions/FUNCTION/invocations` */
function functionIn(uri: string): string | undefined {
  return /:lambda:path\/[\d-]+\/functions\/(arn:aws:lambda:[^/]+)\/invocations$/.exec(uri)?.[1];
}

/** `arn:aws:apigateway:REGION:SERVICE:action/NAME`, or `...:path/PATH` */
function serviceTarget(uri: string, httpMethod: string): Target {
  const [, service, form, rest = ""] =
    /^arn:aws:apigateway:[\w-]+:([\w.-]+):(action|path)\/(.*)$/.exec(uri) ?? [];
  if (service === undefined) throw notSupported(`the integration URI "${uri}"`);
  const call = form === "action" ? { action: rest } : { path: `/${rest}` };
  return { kind: "service", service, httpMethod, call };
}
