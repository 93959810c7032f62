import type { Call, Operation, Operations, Reply } from "../../../protocol/call.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { queryProtocol } from "../../../protocol/queryProtocol.ts";
import { moveTaskOperations } from "./moveTaskOperations.ts";
import { queryOutput, readQuery } from "./queryForm.ts";
import { QueueAccess, type SqsOptions } from "./queueAccess.ts";
import { permissionOperations, queueOperations, tagOperations } from "./queueOperations.ts";
import { receiptOperations } from "./receiptOperations.ts";
import { receiveOperations } from "./receiveOperations.ts";
import { sendOperations } from "./sendOperations.ts";

/** SQS over HTTP, in JSON or in the query protocol. Each call is put to `authorize` first. */
export function sqs(options: SqsOptions): (call: Call) => Promise<Reply> {
  const operations = operationsOf(options);
  const inJson = jsonProtocol({
    targetPrefix: "AmazonSQS",
    errorNamespace: "com.amazonaws.sqs",
    operations,
  });
  const inQuery = queryProtocol({
    namespace: "http://queue.amazonaws.com/doc/2012-11-05/",
    operations: Object.fromEntries(
      Object.entries(operations).map(([name, operation]) => [name, atPath(operation)]),
    ),
    withoutResult,
    read: readQuery,
    write: queryOutput,
  });
  return (call) => (call.headers["x-amz-target"] === undefined ? inQuery(call) : inJson(call));
}

function operationsOf(options: SqsOptions): Operations {
  const { queues } = options;
  const access = new QueueAccess(options);
  return {
    ...queueOperations(queues, access),
    ...tagOperations(queues, access),
    ...permissionOperations(queues, access),
    ...sendOperations(queues, access),
    ...receiveOperations(queues, access),
    ...receiptOperations(queues, access),
    ...moveTaskOperations(queues, access),
  };
}

/** A query may be sent to the queue's own URL, instead of naming it. */
function atPath(operation: Operation): Operation {
  return (input, call) => {
    const named = "QueueUrl" in input || call.path === "/";
    return operation(named ? input : { ...input, QueueUrl: call.path }, call);
  };
}

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
