import { parseArgs } from "node:util";
import { PublishBatchCommand, SNSClient } from "@aws-sdk/client-sns";

/**
 * A publisher as a separate process: publishes batches of ten messages of 1 KB, which start with the time at which
 * they were sent.
 */
const { values } = parseArgs({
  options: {
    topic: { type: "string", default: "" },
    messages: { type: "string", default: "0" },
    /** Batches a second; 0 for no limit. */
    rate: { type: "string", default: "0" },
  },
});

const groups = 100;
const batchSize = 10;
/** Concurrent batches. */
const parallel = 4;
const sns = new SNSClient({});
const batches = Number(values.messages) / batchSize;
const rate = Number(values.rate);
const begun = performance.now();
let next = 0;

await Promise.all(Array.from({ length: parallel }, publish));

async function publish(): Promise<void> {
  for (let batch = next++; batch < batches; batch = next++) {
    if (rate > 0) await until(begun + (batch * 1000) / rate);
    await sns.send(
      new PublishBatchCommand({
        TopicArn: values.topic,
        PublishBatchRequestEntries: Array.from({ length: batchSize }, (_, index) =>
          entry(batch * batchSize + index),
        ),
      }),
    );
  }
}

function entry(number: number) {
  const sentAt = performance.timeOrigin + performance.now();
  return {
    Id: String(number),
    Message: `${sentAt} ${number}`.padEnd(1024, "."),
    ...(values.topic.endsWith(".fifo") && { MessageGroupId: String(number % groups) }),
  };
}

function until(time: number): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, Math.max(0, time - performance.now())));
}
