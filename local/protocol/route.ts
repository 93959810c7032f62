import { actionParameters } from "./form.ts";

/** How a service writes its errors. */
export type ErrorForm = "json" | "query" | "s3";

export type Route = {
  /** The service's signing name, or the best guess from the request. */
  readonly service: string;
  readonly form: ErrorForm;
};

type Request = {
  readonly path: string;
  readonly query: URLSearchParams;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  /** The signing name, where the request is signed. */
  readonly service: string | undefined;
};

/** Services by the prefix of `X-Amz-Target`. */
const targets: Readonly<Record<string, string>> = {
  AWSEvents: "events",
  AWSStepFunctions: "states",
  AmazonSQS: "sqs",
  GraniteServiceVersion20100801: "monitoring",
  Kinesis_20131202: "kinesis",
  Logs_20140328: "logs",
  DynamoDB_20111205: "dynamodb",
  DynamoDB_20120810: "dynamodb",
  DynamoDBStreams_20120810: "dynamodb",
};

/** Services by the version that comes with `Action` in the query protocol. */
const queryVersions: Readonly<Record<string, string>> = {
  "2010-03-31": "sns",
  "2010-05-08": "iam",
  "2010-08-01": "monitoring",
  "2010-12-01": "ses",
  "2011-06-15": "sts",
  "2012-11-05": "sqs",
};

/** Actions of SNS in the links of its messages, which name no version. */
const linkedActions = ["ConfirmSubscription", "Unsubscribe"];

/**
 * The service of a request, from its signature; an unsigned request (curl) is recognized by
 * its protocol: the target header, the version of the action, the path. What is left is S3.
 */
export function routeOf(request: Request): Route {
  if (request.service === "s3") return { service: "s3", form: "s3" };
  return byTarget(request) ?? byAction(request) ?? byPath(request);
}

function byTarget({ headers, service }: Request): Route | undefined {
  const target = headers["x-amz-target"];
  if (target === undefined) return undefined;
  const prefix = target.split(".")[0] ?? "";
  return { service: service ?? targets[prefix] ?? prefix, form: "json" };
}

function byAction(request: Request): Route | undefined {
  const parameters = actionParameters(request);
  const action = parameters.get("Action");
  if (action === null) return undefined;
  const version = parameters.get("Version");
  if (version === null && linkedActions.includes(action)) return { service: "sns", form: "query" };
  const known = queryVersions[version ?? ""] ?? `of version "${version ?? ""}"`;
  return { service: request.service ?? known, form: "query" };
}

function byPath({ path, service }: Request): Route {
  if (service !== undefined) return { service, form: "json" };
  const [, cborService] = /^\/service\/([^/]+)\/operation\//.exec(path) ?? [];
  if (cborService !== undefined) {
    return { service: targets[cborService] ?? cborService, form: "json" };
  }
  if (/^\/20\d\d-\d\d-\d\d\//.test(path)) return { service: "lambda", form: "json" };
  if (path.startsWith("/v2/email/")) return { service: "ses", form: "json" };
  return { service: "s3", form: "s3" };
}
