import { DeleteMessageCommand, ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";

/**
 * An application that polls a queue: `node application.ts QUEUE_URL SECONDS`. It works that many seconds on
 * each message and deletes it afterwards: a consumer that crashes deletes nothing.
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
