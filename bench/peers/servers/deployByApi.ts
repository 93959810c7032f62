import {
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  LambdaClient,
} from "@aws-sdk/client-lambda";
import { CreateBucketCommand, PutBucketNotificationConfigurationCommand } from "@aws-sdk/client-s3";
import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, GetQueueAttributesCommand } from "@aws-sdk/client-sqs";
import { build } from "esbuild";
import { strToU8, zipSync } from "fflate";
import { clientSettings, s3Client, snsClient, sqsClient } from "../client/clients.ts";
import { consumerNames, type Deployment } from "../deployment.ts";

type Fanout = { readonly topicArn: string; readonly queues: readonly Queue[] };
type Queue = { readonly url: string; readonly arn: string };

/**
 * Creates with the AWS API what the program creates on our server.
 *
 * @param collectorUrl where the functions report to; undefined to create none
 */
export async function deployByApi(
  url: string,
  collectorUrl: string | undefined,
): Promise<Deployment> {
  const standard = await createFanout(url, "standard", consumerNames);
  const fifo = await createFanout(url, "fifo", consumerNames, { fifo: true });
  const polled = {
    standardTopic: standard.topicArn,
    standardQueues: standard.queues.map((queue) => queue.url),
    fifoTopic: fifo.topicArn,
    fifoQueues: fifo.queues.map((queue) => queue.url),
  };
  if (collectorUrl === undefined) return polled;
  const code = await bundle();
  const functions = await createFanout(url, "functions", consumerNames);
  const uploads = await createFanout(url, "uploads", ["upload"]);
  for (const { arn } of [...functions.queues, ...uploads.queues]) {
    await createFunction(url, arn, code, collectorUrl);
  }
  const uploadBucket = await createBucket(url, uploads.topicArn);
  return { ...polled, functionsTopic: functions.topicArn, uploadBucket };
}

async function createFanout(
  url: string,
  name: string,
  consumers: readonly string[],
  { fifo = false } = {},
): Promise<Fanout> {
  const sns = snsClient(url);
  const ending = fifo ? ".fifo" : "";
  const { TopicArn = "" } = await sns.send(
    new CreateTopicCommand({
      Name: `${name}${ending}`,
      ...(fifo && { Attributes: { FifoTopic: "true" } }),
    }),
  );
  const queues: Queue[] = [];
  for (const consumer of consumers) {
    const queue = await createQueue(url, `${name}-${consumer}${ending}`, fifo);
    queues.push(queue);
    const Attributes = { RawMessageDelivery: "true" };
    const subscription = { TopicArn, Protocol: "sqs", Endpoint: queue.arn, Attributes };
    await sns.send(new SubscribeCommand(subscription));
  }
  return { topicArn: TopicArn, queues };
}

async function createQueue(url: string, QueueName: string, fifo: boolean): Promise<Queue> {
  const sqs = sqsClient(url);
  const Attributes = { VisibilityTimeout: "180", ...(fifo && { FifoQueue: "true" }) };
  const { QueueUrl = "" } = await sqs.send(new CreateQueueCommand({ QueueName, Attributes }));
  const read = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["QueueArn"] });
  const { Attributes: { QueueArn = "" } = {} } = await sqs.send(read);
  return { url: QueueUrl, arn: QueueArn };
}

async function bundle(): Promise<Uint8Array> {
  const { outputFiles } = await build({
    entryPoints: ["bench/peers/handler.ts"],
    bundle: true,
    write: false,
    platform: "node",
    format: "cjs",
    target: "node22",
  });
  return zipSync({ "index.js": strToU8(outputFiles[0]?.text ?? "") });
}

async function createFunction(
  url: string,
  queueArn: string,
  ZipFile: Uint8Array,
  collectorUrl: string,
): Promise<void> {
  const lambda = new LambdaClient(clientSettings(url));
  const FunctionName = queueArn.split(":").at(-1);
  await lambda.send(
    new CreateFunctionCommand({
      FunctionName,
      Runtime: "nodejs22.x",
      Role: "arn:aws:iam::000000000000:role/bench",
      Handler: "index.handler",
      Code: { ZipFile },
      Timeout: 30,
      MemorySize: 256,
      Environment: { Variables: { COLLECTOR_URL: collectorUrl } },
    }),
  );
  await lambda.send(
    new CreateEventSourceMappingCommand({
      EventSourceArn: queueArn,
      FunctionName,
      BatchSize: 10,
      FunctionResponseTypes: ["ReportBatchItemFailures"],
    }),
  );
}

async function createBucket(url: string, TopicArn: string): Promise<string> {
  const s3 = s3Client(url);
  const Bucket = "bench-uploads";
  await s3.send(new CreateBucketCommand({ Bucket }));
  await s3.send(
    new PutBucketNotificationConfigurationCommand({
      Bucket,
      NotificationConfiguration: {
        TopicConfigurations: [{ TopicArn, Events: ["s3:ObjectCreated:*"] }],
      },
    }),
  );
  return Bucket;
}
