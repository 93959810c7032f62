import { request } from "node:http";
import type { SQSBatchResponse, SQSEvent } from "aws-lambda";

/** Reports to the collector how long ago each message was sent, in milliseconds. */
export async function handler({ Records }: SQSEvent): Promise<SQSBatchResponse> {
  const handledAt = performance.timeOrigin + performance.now();
  await report(Records.map(({ body }) => handledAt - sentAt(body)).filter(Number.isFinite));
  return { batchItemFailures: [] };
}

/** A message begins with the time at which it was sent, and so does the key of an uploaded object. */
function sentAt(body: string): number {
  if (!body.startsWith("{")) return Number.parseFloat(body);
  // Not an event of an object: the test event that S3 sends when notifications are set up.
  const [, key = ""] = /"key":\s*"([^"]+)"/.exec(body) ?? [];
  return Number.parseFloat(key);
}

function report(latencies: readonly number[]): Promise<void> {
  return new Promise((resolve, reject) => {
    request(process.env.COLLECTOR_URL ?? "", { method: "POST" }, (response) => {
      response.resume().once("end", resolve);
    })
      .once("error", reject)
      .end(JSON.stringify(latencies));
  });
}
