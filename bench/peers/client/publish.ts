import { PublishCommand } from "@aws-sdk/client-sns";
import type { Job } from "./job.ts";
import { message } from "./message.ts";
import { type RecordedRequest, Recorder, send } from "./recordedRequests.ts";

/** Requests under way at a time, of one process. */
const parallel = 8;

/** Makes the requests; the function it returns sends them. */
export async function preparePublish(job: Extract<Job, { kind: "publish" }>) {
  const { url, topicArn, messages } = job;
  const recorder = new Recorder(url);
  const requests: RecordedRequest[] = [];
  for (let number = 0; number < messages; number++) {
    requests.push(await recorder.publish(new PublishCommand(message(topicArn, number))));
  }
  return async () => {
    const left = requests.values();
    const worker = async () => {
      for (const each of left) await send(url, each);
    };
    await Promise.all(Array.from({ length: parallel }, worker));
    return { count: messages, requests: messages };
  };
}
