import * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";
import { consumerName } from "../names.ts";
import type { ConsumerFunction } from "./consumerFunction.ts";
import type { QueueConsumerSpec } from "./queueConsumer.ts";
import type { QueueOwner } from "./queues.ts";

const defaultBatchSize = 10;

/**
 * Creates the event source mapping from a queue to its function. It depends on the role's policy, because
 * AWS validates the role's permissions when the mapping is created.
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
    // AWS rejects a window on a FIFO queue, even of 0 seconds.
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
