import { DeleteMessageBatchCommand, ReceiveMessageCommand } from "@aws-sdk/client-sqs";
import * as v from "valibot";
import { sqsClient } from "./clients.ts";
import type { Job } from "./job.ts";
import { type RecordedRequest, Recorder, send } from "./recordedRequests.ts";

/** A queue counts as empty after so many receives without a message. */
const emptyReceives = 3;

const reply = v.object({
  Messages: v.optional(v.array(v.object({ MessageId: v.string(), ReceiptHandle: v.string() })), []),
});

/** Makes the requests to receive; the function it returns sends them, and deletes what it receives. */
export async function prepareDrain(job: Extract<Job, { kind: "drain" }>) {
  const { url, queueUrls } = job;
  const recorder = new Recorder(url);
  const receives = new Map<string, RecordedRequest>();
  for (const QueueUrl of queueUrls) {
    const command = new ReceiveMessageCommand({
      QueueUrl,
      MaxNumberOfMessages: 10,
      MessageSystemAttributeNames: ["All"],
    });
    receives.set(QueueUrl, await recorder.receive(command));
  }
  const sqs = sqsClient(url);
  let count = 0;
  let requests = 0;
  const drain = async ([QueueUrl, receive]: [string, RecordedRequest]) => {
    for (let empty = 0; empty < emptyReceives; ) {
      const { Messages } = v.parse(reply, JSON.parse(await send(url, receive)));
      requests += 1;
      empty = Messages.length === 0 ? empty + 1 : 0;
      if (Messages.length === 0) continue;
      const Entries = Messages.map(({ MessageId, ReceiptHandle }) => ({
        Id: MessageId,
        ReceiptHandle,
      }));
      await sqs.send(new DeleteMessageBatchCommand({ QueueUrl, Entries }));
      count += Messages.length;
      requests += 1;
    }
  };
  return async () => {
    await Promise.all([...receives].map(drain));
    return { count, requests };
  };
}
