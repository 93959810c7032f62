import type { Input, Inputs } from "@pulumi/pulumi";
import { QueueConsumer } from "../../../components/consumers/queueConsumer.ts";
import type { Consumer, FanoutTopic, UploadBucket } from "../../../components/index.ts";

/** The outputs of a FanoutTopic, as `schema.json` describes them. */
export function topicOutputs({
  topicArn,
  consumers,
  unpublishedQueues,
  statementsToAdd,
}: FanoutTopic): Inputs {
  const byName = (output: (consumer: Consumer) => Input<string> | undefined) =>
    Object.fromEntries(
      Object.entries(consumers).flatMap(([name, consumer]) => {
        const value = output(consumer);
        return value === undefined ? [] : [[name, value]];
      }),
    );
  return {
    topicArn,
    queueUrls: byName(({ queue }) => queue?.url),
    queueArns: byName((consumer) =>
      consumer instanceof QueueConsumer ? consumer.queueArn : undefined,
    ),
    deadLetterQueueUrls: byName(
      ({ deadLetterQueue, failureQueue }) => (deadLetterQueue ?? failureQueue)?.url,
    ),
    functionNames: byName((consumer) => consumer.function?.name),
    subscriptionArns: byName(({ subscription }) => subscription.arn),
    unpublishedQueueUrls: Object.fromEntries(
      Object.entries(unpublishedQueues).map(([source, queue]) => [source, queue.url]),
    ),
    statementsToAdd,
  };
}

export function bucketOutputs({ bucket }: UploadBucket): Inputs {
  return { bucketName: bucket.id, bucketArn: bucket.arn };
}
