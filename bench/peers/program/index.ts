import { type ConsumerSpec, FanoutTopic, UploadBucket } from "../../../components/index.ts";
import { consumerNames } from "../deployment.ts";

const handler = {
  entry: "../handler.ts",
  environment: { COLLECTOR_URL: process.env.COLLECTOR_URL ?? "" },
};

const polled = consumerNames.map((name): ConsumerSpec => ({ name, rawDelivery: true }));
const handled = consumerNames.map((name): ConsumerSpec => ({ name, rawDelivery: true, handler }));
const bucket = new UploadBucket("uploads", { forceDestroy: true });

const standard = new FanoutTopic("standard", { consumers: polled });
const fifo = new FanoutTopic("fifo", { fifo: true, consumers: polled });
const functions = new FanoutTopic("functions", { consumers: handled });
const uploads = new FanoutTopic("bucketEvents", {
  sources: [{ bucket }],
  consumers: [{ name: "upload", rawDelivery: true, handler }],
});

export const standardTopic = standard.topicArn;
export const standardQueues = queuesOf(standard);
export const fifoTopic = fifo.topicArn;
export const fifoQueues = queuesOf(fifo);
export const functionsTopic = functions.topicArn;
export const uploadBucket = bucket.bucket.bucket;
export const uploadTopic = uploads.topicArn;

function queuesOf({ consumers }: FanoutTopic) {
  return Object.values(consumers).flatMap(({ queue }) => (queue === undefined ? [] : [queue.url]));
}
