import { attributes } from "../../provider/attributes.ts";
import {
  optionalFlag,
  optionalNumber,
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

export const sqs: Readonly<Record<string, ResourceType>> = {
  "aws:sqs/queue:Queue": resourceType(
    {
      name: optionalText,
      fifoQueue: optionalFlag,
      contentBasedDeduplication: optionalFlag,
      deduplicationScope: optionalText,
      fifoThroughputLimit: optionalText,
      delaySeconds: optionalNumber,
      maxMessageSize: optionalNumber,
      messageRetentionSeconds: optionalNumber,
      receiveWaitTimeSeconds: optionalNumber,
      visibilityTimeoutSeconds: optionalNumber,
      policy: optionalText,
      redrivePolicy: optionalText,
      redriveAllowPolicy: optionalText,
      sqsManagedSseEnabled: optionalFlag,
      kmsMasterKeyId: optionalText,
      kmsDataKeyReusePeriodSeconds: optionalNumber,
      region: optionalText,
      tags,
    },
    (cloud, logicalName, inputs) => {
      const name = inputs.name ?? (inputs.fifoQueue ? `${logicalName}.fifo` : logicalName);
      const queue = cloud.queues.define(
        name,
        attributes({
          FifoQueue: inputs.fifoQueue,
          ContentBasedDeduplication: inputs.contentBasedDeduplication,
          DeduplicationScope: inputs.deduplicationScope,
          FifoThroughputLimit: inputs.fifoThroughputLimit,
          DelaySeconds: inputs.delaySeconds,
          MaximumMessageSize: inputs.maxMessageSize,
          MessageRetentionPeriod: inputs.messageRetentionSeconds,
          ReceiveMessageWaitTimeSeconds: inputs.receiveWaitTimeSeconds,
          VisibilityTimeout: inputs.visibilityTimeoutSeconds,
          Policy: inputs.policy,
          RedrivePolicy: inputs.redrivePolicy,
          RedriveAllowPolicy: inputs.redriveAllowPolicy,
          SqsManagedSseEnabled: inputs.sqsManagedSseEnabled,
          KmsMasterKeyId: inputs.kmsMasterKeyId,
          KmsDataKeyReusePeriodSeconds: inputs.kmsDataKeyReusePeriodSeconds,
        }),
        inputs.tags,
      );
      return { id: queue.url, outputs: { name, arn: queue.arn, url: queue.url } };
    },
  ),
};
