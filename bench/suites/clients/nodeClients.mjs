// Checks with npm packages that others use: each against a local cloud that runs already.
import assert from "node:assert/strict";
import { once } from "node:events";
import { createServer } from "node:http";
import https from "node:https";
import { createRequire } from "node:module";
import path from "node:path";
import { test } from "node:test";

const require = createRequire(path.join(process.env.FANOUT_SUITES_MODULES, "index.js"));
const { CreateQueueCommand, GetQueueAttributesCommand, SQSClient } = require("@aws-sdk/client-sqs");
const {
  ConfirmSubscriptionCommand,
  CreateTopicCommand,
  PublishCommand,
  SNSClient,
  SubscribeCommand,
} = require("@aws-sdk/client-sns");
const { Consumer } = await import(require.resolve("sqs-consumer"));
const { Producer } = await import(require.resolve("sqs-producer"));
const MessageValidator = require("sns-validator");

const sqs = new SQSClient({});
const sns = new SNSClient({});

async function createQueue(name, Attributes) {
  const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: name, Attributes }));
  return QueueUrl;
}

async function lengthOf(QueueUrl) {
  const { Attributes } = await sqs.send(
    new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["All"] }),
  );
  const { ApproximateNumberOfMessages: visible, ApproximateNumberOfMessagesNotVisible: hidden } =
    Attributes;
  return Number(visible) + Number(hidden);
}

/** Consumes until so many messages are handled. */
async function consume(queueUrl, count, options, handle) {
  const bodies = [];
  const { promise, resolve } = Promise.withResolvers();
  const consumer = Consumer.create({
    queueUrl,
    sqs,
    waitTimeSeconds: 1,
    // Deletes what it has handled before it stops.
    pollingCompleteWaitTimeMs: 20_000,
    ...options,
    handleMessage: async (message) => {
      await handle?.(message, bodies);
      bodies.push(message.Body);
      if (bodies.length === count) resolve();
      return message;
    },
  });
  consumer.on("error", () => {});
  consumer.on("processing_error", () => {});
  consumer.start();
  await promise;
  const stopped = once(consumer, "stopped");
  consumer.stop();
  await stopped;
  return bodies;
}

test("sqs-producer sends batches that sqs-consumer handles and deletes", async () => {
  const queueUrl = await createQueue("producer");
  const producer = Producer.create({ queueUrl, sqs });
  await producer.send(Array.from({ length: 12 }, (_, index) => `message-${index}`));
  assert.equal(await producer.queueSize(), 12);
  const bodies = await consume(queueUrl, 12, { batchSize: 10 });
  assert.deepEqual(new Set(bodies).size, 12);
  assert.equal(await lengthOf(queueUrl), 0);
});

test("sqs-consumer gets a message again whose handler failed, at once when it gives it back", async () => {
  const queueUrl = await createQueue("failing");
  await Producer.create({ queueUrl, sqs }).send("fragile");
  let tries = 0;
  const bodies = await consume(queueUrl, 1, { terminateVisibilityTimeout: true }, async () => {
    if (++tries === 1) throw new Error("not yet");
  });
  assert.deepEqual([bodies, tries], [["fragile"], 2]);
});

test("sqs-consumer keeps the order of a FIFO queue's groups", async () => {
  const queueUrl = await createQueue("ordered.fifo", { FifoQueue: "true" });
  const messages = Array.from({ length: 6 }, (_, index) => ({
    id: `${index}`,
    body: `${index}`,
    groupId: "group",
    deduplicationId: `${index}`,
  }));
  await Producer.create({ queueUrl, sqs }).send(messages);
  const bodies = await consume(queueUrl, 6, { batchSize: 3, suppressFifoWarning: true });
  assert.deepEqual(bodies, ["0", "1", "2", "3", "4", "5"]);
});

test("sns-validator accepts what an http endpoint gets", async () => {
  const certificate = await fetch(`${process.env.AWS_ENDPOINT_URL}/_fanout/certificate.pem`);
  https.globalAgent.options.ca = await certificate.text();
  const bodies = [];
  const arrived = [Promise.withResolvers(), Promise.withResolvers()];
  const server = createServer(async (request, response) => {
    const chunks = [];
    for await (const chunk of request) chunks.push(chunk);
    bodies.push(JSON.parse(Buffer.concat(chunks).toString()));
    response.end();
    arrived[bodies.length - 1]?.resolve();
  });
  await once(server.listen(0, "127.0.0.1"), "listening");
  try {
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "signed" }));
    const Endpoint = `http://127.0.0.1:${server.address().port}/`;
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "http", Endpoint }));
    await arrived[0].promise;
    await sns.send(new ConfirmSubscriptionCommand({ TopicArn, Token: bodies[0].Token }));
    await sns.send(new PublishCommand({ TopicArn, Message: "signed", Subject: "a subject" }));
    await arrived[1].promise;
    for (const body of bodies) {
      const { host } = new URL(body.SigningCertURL);
      const validator = new MessageValidator(new RegExp(`^${host}$`.replaceAll(".", "\\.")));
      await new Promise((resolve, reject) => {
        validator.validate(body, (error) => (error ? reject(error) : resolve()));
      });
    }
  } finally {
    server.close();
  }
});
