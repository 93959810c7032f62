import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

/**
 * An application that pulls from a queue: `node application.ts QUEUE_URL SECONDS`. It works so many
 * seconds on each message, and deletes it only then: whoever dies before has lost nothing.
 */
const [queueUrl, seconds] = process.argv.slice(2);
const sqs = new SQSClient({});

for (;;) {
  const { Messages = [] } = await sqs.send(
    new ReceiveMessageCommand({
      QueueUrl: queueUrl,
      WaitTimeSeconds: 20,
      MessageSystemAttributeNames: ["ApproximateReceiveCount"],
    }),
  );
  for (const { Body, ReceiptHandle, Attributes } of Messages) {
    console.log(`begins ${Body} (receive ${Attributes?.ApproximateReceiveCount})`);
    await new Promise((resolve) => setTimeout(resolve, Number(seconds) * 1000));
    await sqs.send(new DeleteMessageCommand({ QueueUrl: queueUrl, ReceiptHandle }));
    console.log(`ends ${Body}`);
  }
}
