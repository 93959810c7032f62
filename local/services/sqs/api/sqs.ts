import type { Call, Operations, Reply } from "../../../protocol/call.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { moveTaskOperations } from "./moveTaskOperations.ts";
import { QueueAccess, type SqsOptions } from "./queueAccess.ts";
import { permissionOperations, queueOperations, tagOperations } from "./queueOperations.ts";
import { receiptOperations } from "./receiptOperations.ts";
import { receiveOperations } from "./receiveOperations.ts";
import { sendOperations } from "./sendOperations.ts";
import { sqsInQuery } from "./sqsInQuery.ts";

/** SQS over HTTP, in JSON or in the query protocol. Each call is put to `authorize` first. */
export function sqs(options: SqsOptions): (call: Call) => Promise<Reply> {
  const operations = operationsOf(options);
  const inJson = jsonProtocol({
    targetPrefix: "AmazonSQS",
    errorNamespace: "com.amazonaws.sqs",
    hasQueryErrors: true,
    operations,
  });
  const inQuery = sqsInQuery(operations);
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
