import { randomUUID } from "node:crypto";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operation, Operations, Reply } from "../../../protocol/call.ts";
import { queryErrorReply } from "../../../protocol/errorReply.ts";
import { formIn } from "../../../protocol/form.ts";
import { queryProtocol } from "../../../protocol/queryProtocol.ts";
import { queryOutput, readQuery } from "./queryForm.ts";

const namespace = "http://queue.amazonaws.com/doc/2012-11-05/";

/** Actions on the account, which the URL of a queue does not take. */
const accountActions = new Set(["CreateQueue", "ListQueues"]);

const withoutResult = [
  "AddPermission",
  "ChangeMessageVisibility",
  "DeleteMessage",
  "DeleteQueue",
  "PurgeQueue",
  "RemovePermission",
  "SetQueueAttributes",
  "TagQueue",
  "UntagQueue",
];

/** SQS in the query protocol, with the answers that AWS has in it. */
export function sqsInQuery(operations: Operations): (call: Call) => Promise<Reply> {
  const serve = queryProtocol({
    namespace,
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, atPath(name, operation)]),
    ),
    withoutResult,
    read: readQuery,
    unknownAction: invalidAction,
    write: queryOutput,
    writeError,
  });
  return async (call) =>
    hasAction(call) ? withShortElements(await serve(call)) : unknownOperation();
}

/** SQS writes elements without content as one tag, and some clients compare texts. */
function withShortElements(reply: Reply): Reply {
  return { ...reply, body: String(reply.body).replaceAll(/<(\w+)><\/\1>/g, "<$1/>") };
}

/** A query may be sent to the queue's own URL, instead of naming it. */
function atPath(action: string, operation: Operation): Operation {
  return (input, call) => {
    if (call.path === "/") return operation(input, call);
    if (accountActions.has(action)) throw invalidAction(action);
    return operation("QueueUrl" in input ? input : { ...input, QueueUrl: call.path }, call);
  };
}

function hasAction({ query, body }: Call): boolean {
  return query.has("Action") || formIn(body).has("Action");
}

function unknownOperation(): Reply {
  return {
    status: 404,
    headers: { "content-type": "text/xml", "x-amzn-requestid": randomUUID() },
    body: "<UnknownOperationException/>\n",
  };
}

function invalidAction(action: string): AwsError {
  return new AwsError("InvalidAction", `The action ${action} is not valid for this endpoint.`);
}

function writeError(error: AwsError): Reply {
  const message =
    error.code === "QueueDoesNotExist"
      ? "The specified queue does not exist for this wsdl version."
      : error.message;
  const { code, status, queryCode } = error;
  return queryErrorReply(new AwsError(code, message, { status, queryCode }), namespace, {
    Detail: "",
  });
}
