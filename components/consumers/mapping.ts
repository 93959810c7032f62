import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import type { QueueConsumerSpec } from "../consumerSpec.ts";
import { consumerName } from "../names.ts";
import type { ConsumerFunction } from "./consumerFunction.ts";
import type { QueueOwner } from "./queues.ts";

const defaultBatchSize = 10;

/**
 * What brings a queue's messages to the function. It waits for the role's policy: AWS tries the role's
 * rights on the queue when the mapping is made.
 */
export function createMapping(
  { context, consumer, fifo, region, parent }: QueueOwner,
  spec: QueueConsumerSpec,
  queueArn: pulumi.Output<string>,
  worker: ConsumerFunction,
): aws.lambda.EventSourceMapping {
  const { maxConcurrency, provisionedPollers } = spec;
  const args: aws.lambda.EventSourceMappingArgs = {
    eventSourceArn: queueArn,
    functionName: worker.function.arn,
    batchSize: spec.batchSize ?? defaultBatchSize,
    // A FIFO queue takes no window, not even one of 0 seconds.
    maximumBatchingWindowInSeconds: fifo ? undefined : spec.batchWindowSeconds,
    functionResponseTypes: ["ReportBatchItemFailures"],
    scalingConfig:
      maxConcurrency === undefined ? undefined : { maximumConcurrency: maxConcurrency },
    provisionedPollerConfig: provisionedPollers && {
      minimumPollers: provisionedPollers.minimum,
      maximumPollers: provisionedPollers.maximum,
    },
    region,
    tags: context.tags,
  };
  return new aws.lambda.EventSourceMapping(
    consumerName(context.name, consumer),
    context.transform.mapping?.(args, consumer) ?? args,
    { parent, dependsOn: [worker.rolePolicy] },
  );
}
