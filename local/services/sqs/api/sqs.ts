import type { Call, Reply } from "../../../protocol/call.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { moveTaskOperations } from "./moveTaskOperations.ts";
import { QueueAccess, type SqsOptions } from "./queueAccess.ts";
import { permissionOperations, queueOperations, tagOperations } from "./queueOperations.ts";
import { receiptOperations } from "./receiptOperations.ts";
import { receiveOperations } from "./receiveOperations.ts";
import { sendOperations } from "./sendOperations.ts";

/** SQS over HTTP, with every action of its API. Each call is put to `authorize` first. */
export function sqs(options: SqsOptions): (call: Call) => Promise<Reply> {
  const { queues } = options;
  const access = new QueueAccess(options);
  return jsonProtocol({
    targetPrefix: "AmazonSQS",
    errorNamespace: "com.amazonaws.sqs",
    operations: {
      ...queueOperations(queues, access),
      ...tagOperations(queues, access),
      ...permissionOperations(queues, access),
      ...sendOperations(queues, access),
      ...receiveOperations(queues, access),
      ...receiptOperations(queues, access),
      ...moveTaskOperations(queues, access),
    },
  });
}
