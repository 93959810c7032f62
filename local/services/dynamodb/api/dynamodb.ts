import { randomUUID } from "node:crypto";
import { isObject } from "../../../../aws/isObject.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import { AwsError, denialMessage } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import { DynamoError } from "../dynamoError.ts";
import type { Tables } from "../tables.ts";
import { permissionsOf } from "./permissions.ts";
import { streamsTarget, tableStreamsService } from "./streams.ts";
import { withTableNames } from "./tableNames.ts";

export type DynamoDbOptions = {
  readonly tables: Tables;
  readonly authorize: Authorize;
  readonly region: string;
};

const target = /^DynamoDB_20120810\.(\w+)$/;

/** What DynamoDB calls the requests that it cannot read, before it has anything to do with tables. */
const coral = "com.amazon.coral.service";

/**
 * Serves DynamoDB's JSON 1.0 protocol over `Tables`, and the API of their streams.
 * https://docs.aws.amazon.com/amazondynamodb/latest/developerguide/Programming.LowLevelAPI.html
 */
export function dynamoDbService(options: DynamoDbOptions): (call: Call) => Promise<Reply> {
  const streams = tableStreamsService(options);
  return async (call) => {
    if (call.headers["x-amz-target"]?.startsWith(streamsTarget)) return streams(call);
    try {
      return reply(200, await run(call, options));
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return errorReply(error);
    }
  };
}

async function run(call: Call, { tables, authorize, region }: DynamoDbOptions): Promise<object> {
  const operation = target.exec(call.headers["x-amz-target"] ?? "")?.[1];
  if (operation === undefined) {
    throw new DynamoError("UnknownOperationException", "", { namespace: coral });
  }
  const { input, restore } = withTableNames(parse(call.body.toString("utf8")), region);
  for (const permission of permissionsOf(operation, input, (table) => tables.arn(table))) {
    const decision = authorize({
      ...permission,
      principal: call.principal,
      context: overTls,
    });
    if (decision.allowed) continue;
    const message = denialMessage(call, permission, decision.reason);
    throw new DynamoError("AccessDeniedException", message, { namespace: coral });
  }
  return restore(await tables.call(operation, input));
}

function parse(text: string): Readonly<Record<string, unknown>> {
  try {
    const input: unknown = JSON.parse(text);
    if (isObject(input)) return input;
  } catch {
    // Answered below like anything else that is no JSON object.
  }
  throw new DynamoError("SerializationException", "The request's body is not a JSON object.", {
    namespace: coral,
  });
}

function errorReply(error: AwsError): Reply {
  const { namespace, details } =
    error instanceof DynamoError ? error : { namespace: coral, details: {} };
  const type = `${namespace}#${error.code}`;
  return reply(error.status, {
    __type: type,
    [messageMember(error, details)]: error.message,
    ...details,
  });
}

/** Errors with more members than the message spell it `Message`, as recorded from AWS. */
function messageMember({ code }: AwsError, details: object): "message" | "Message" {
  const isCapitalized =
    code === "IdempotentParameterMismatchException" || Object.keys(details).length > 0;
  return isCapitalized ? "Message" : "message";
}

function reply(status: number, document: object): Reply {
  return {
    status,
    headers: { "content-type": "application/x-amz-json-1.0", "x-amzn-requestid": randomUUID() },
    body: JSON.stringify(document),
  };
}
