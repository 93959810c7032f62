import { PutObjectCommand } from "@aws-sdk/client-s3";
import { PublishCommand } from "@aws-sdk/client-sns";
import { s3Client, snsClient } from "./clients.ts";
import type { Job } from "./job.ts";
import { message } from "./message.ts";

export async function publishSteadily(job: Extract<Job, { kind: "publishSteadily" }>) {
  const { url, topicArn, messages, perSecond } = job;
  const sns = snsClient(url);
  await steadily(messages, perSecond, (number) =>
    sns.send(new PublishCommand(message(topicArn, number))),
  );
  return { count: messages, requests: messages };
}

/** The key of an object begins with the time at which it is sent. */
export async function uploadSteadily(job: Extract<Job, { kind: "uploadSteadily" }>) {
  const { url, bucket, objects, perSecond } = job;
  const s3 = s3Client(url);
  await steadily(objects, perSecond, (number) =>
    s3.send(
      new PutObjectCommand({
        Bucket: bucket,
        Key: `${performance.timeOrigin + performance.now()}-${process.pid}-${number}`,
        Body: "x".repeat(1024),
      }),
    ),
  );
  return { count: objects, requests: objects };
}

/** Begins each at its time, whether the earlier ones have ended or not. */
async function steadily(
  count: number,
  perSecond: number,
  work: (number: number) => Promise<unknown>,
): Promise<void> {
  const begun = performance.now();
  const started = Array.from({ length: count }, async (_, number) => {
    const time = begun + (number * 1000) / perSecond;
    await new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
    await work(number);
  });
  await Promise.all(started);
}
