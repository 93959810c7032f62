import { isObject } from "../../../aws/isObject.ts";
import { account } from "../../arn.ts";
import { type Authorize, overTls } from "../../protocol/access.ts";
import type { Credentials } from "../../protocol/authentication/signRequest.ts";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import { flatParameters } from "../../protocol/queryParameters.ts";
import { callService, type HttpAnswer } from "../../protocol/serviceCall.ts";
import type { InvocationResult, Invoker } from "../lambda/interface.ts";
import { ExecutionError } from "./executionError.ts";

export type TaskServices = {
  readonly functions: Invoker;
  readonly authorize: Authorize;
  readonly region: string;
  readonly endpoint: () => string;
  readonly credentials: (roleArn: string) => Credentials;
};

/** Does what a task names, as the state machine's role. */
export async function runTask(
  services: TaskServices,
  roleArn: string,
  resource: string,
  input: unknown,
): Promise<unknown> {
  if (/^arn:aws[\w-]*:lambda:/.test(resource)) {
    return JSON.parse((await invoke(services, roleArn, resource, input)).payload);
  }
  const name = resource.replace(/^arn:aws[\w-]*:states:::/, "");
  const parameters = isObject(input) ? input : {};
  if (name !== "lambda:invoke") return call(services, roleArn, name, parameters);
  checkInvocation(parameters);
  const { FunctionName, Payload = {} } = parameters;
  const result = await invoke(services, roleArn, String(FunctionName), Payload);
  const { payload, executedVersion = "$LATEST" } = result;
  return { ExecutedVersion: executedVersion, Payload: JSON.parse(payload), StatusCode: 200 };
}

/**
 * Rejects what the local cloud does not do of `lambda:invoke`. A member that is undefined is not known yet.
 * https://docs.aws.amazon.com/step-functions/latest/dg/connect-lambda.html
 *
 * @throws AwsError NotImplemented
 */
export function checkInvocation(parameters: Parameters): void {
  const { FunctionName: _, Payload: __, InvocationType: type, ...others } = parameters;
  const [other] = Object.keys(others);
  if (other !== undefined) throw notSupported(`the parameter ${other} of the task lambda:invoke`);
  if (type === undefined || type === "RequestResponse") return;
  throw notSupported(`${JSON.stringify(type)} as InvocationType of the task lambda:invoke`);
}

async function invoke(
  { functions, authorize, region }: TaskServices,
  roleArn: string,
  named: string,
  payload: unknown,
): Promise<InvocationResult & { outcome: "succeeded" }> {
  const arn = named.startsWith("arn:")
    ? named.replace(/:\$LATEST$/, "")
    : `arn:aws:lambda:${region}:${account}:function:${named}`;
  const decision = authorize({
    principal: { kind: "role", arn: roleArn },
    action: "lambda:InvokeFunction",
    resource: arn,
    context: overTls,
  });
  if (!decision.allowed) throw new ExecutionError("Lambda.AWSLambdaException", decision.reason);
  const result = await invoked(functions, arn, JSON.stringify(payload ?? null));
  if (result.outcome === "throttled") {
    throw new ExecutionError("Lambda.TooManyRequestsException", "Rate Exceeded.");
  }
  if (result.outcome === "succeeded") return result;
  throw new ExecutionError(result.error.errorType, JSON.stringify(result.error));
}

async function invoked(functions: Invoker, arn: string, event: string): Promise<InvocationResult> {
  try {
    return await functions.invoke(arn, event);
  } catch (error) {
    if (!(error instanceof AwsError)) throw error;
    throw new ExecutionError(`Lambda.${error.code}`, error.message);
  }
}

type Parameters = Readonly<Record<string, unknown>>;

type ServiceRequest = {
  readonly service: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string;
};

/** https://docs.aws.amazon.com/step-functions/latest/dg/integrate-optimized.html */
const requests: Readonly<Record<string, (parameters: Parameters) => ServiceRequest>> = {
  "sqs:sendMessage": ({ MessageBody, ...parameters }) => ({
    service: "sqs",
    headers: {
      "content-type": "application/x-amz-json-1.0",
      "x-amz-target": "AmazonSQS.SendMessage",
    },
    body: JSON.stringify({ ...parameters, MessageBody: textOf(MessageBody) }),
  }),
  "sns:publish": ({ Message, MessageAttributes, ...parameters }) => ({
    service: "sns",
    headers: { "content-type": "application/x-www-form-urlencoded" },
    body: String(
      new URLSearchParams(
        flatParameters({
          Action: "Publish",
          Version: "2010-03-31",
          ...parameters,
          Message: Message === undefined ? undefined : textOf(Message),
          MessageAttributes: isObject(MessageAttributes)
            ? new Map(Object.entries(MessageAttributes))
            : MessageAttributes,
        }),
      ),
    ),
  }),
  "events:putEvents": ({ Entries, ...parameters }) => ({
    service: "events",
    headers: {
      "content-type": "application/x-amz-json-1.1",
      "x-amz-target": "AWSEvents.PutEvents",
    },
    body: JSON.stringify({
      ...parameters,
      Entries: Array.isArray(Entries) ? Entries.map(withTextDetail) : Entries,
    }),
  }),
};

function withTextDetail(entry: unknown): unknown {
  return isObject(entry) ? { ...entry, Detail: textOf(entry.Detail) } : entry;
}

async function call(
  { endpoint, region, credentials }: TaskServices,
  roleArn: string,
  name: string,
  parameters: Parameters,
): Promise<unknown> {
  const request = requests[name]?.(parameters);
  if (request === undefined) throw new ExecutionError("States.Runtime", `no task ${name}`);
  const call = { ...request, method: "POST", path: "/", credentials: credentials(roleArn) };
  const answer = await callService(endpoint(), region, call);
  if (answer.status >= 300) {
    throw new ExecutionError(`${name.split(":")[0]?.toUpperCase()}.ServiceException`, answer.body);
  }
  return resultOf(answer);
}

function resultOf({ body }: HttpAnswer): unknown {
  const messageId = /<MessageId>([^<]+)<\/MessageId>/.exec(body)?.[1];
  return messageId === undefined ? JSON.parse(body === "" ? "{}" : body) : { MessageId: messageId };
}

function textOf(value: unknown): string {
  return typeof value === "string" ? value : JSON.stringify(value);
}
