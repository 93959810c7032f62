/** Inclusive bounds. */
export type Range = { readonly min: number; readonly max: number };

/**
 * Ranges and quotas that AWS enforces, in the unit that the API uses.
 *
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/sqs-quotas.html
 * https://docs.aws.amazon.com/AWSSimpleQueueService/latest/APIReference/API_SetQueueAttributes.html
 */
export const queueLimits = {
  /** Characters, including `.fifo`. */
  nameLength: 80,
  delaySeconds: { min: 0, max: 900, default: 0 },
  retentionSeconds: { min: 60, max: 1_209_600, default: 345_600 },
  visibilityTimeoutSeconds: { min: 0, max: 43_200, default: 30 },
  receiveWaitSeconds: { min: 0, max: 20, default: 0 },
  /** Bytes of the body and the attributes together. */
  messageBytes: { min: 1024, max: 1_048_576 },
  /** Bytes of all messages of a batch together. */
  batchBytes: 1_048_576,
  /** Received and not deleted. https://docs.aws.amazon.com/AWSSimpleQueueService/latest/SQSDeveloperGuide/quotas-queues.html */
  messagesInFlight: 120_000,
} as const;

/**
 * https://docs.aws.amazon.com/general/latest/gr/sns.html
 * https://docs.aws.amazon.com/sns/latest/api/API_SetTopicAttributes.html
 */
export const topicLimits = {
  /** Characters, including `.fifo`. */
  nameLength: 256,
  /** Bytes of the body and the attributes together; 262,144 unless the topic raises it. */
  messageBytes: { min: 1024, max: 1_048_576 },
  defaultMessageBytes: 262_144,
} as const;

/** https://docs.aws.amazon.com/lambda/latest/dg/gettingstarted-limits.html */
export const functionLimits = {
  nameLength: 64,
  timeoutSeconds: { min: 1, max: 900, default: 3 },
  memoryMb: { min: 128, max: 10_240, default: 128 },
  ephemeralStorageMb: { min: 512, max: 10_240 },
  /** Bytes of the names and values together. */
  environmentBytes: 4096,
  /** Bytes of the event of an asynchronous invocation. */
  asynchronousEventBytes: 1_048_576,
} as const;

/** https://docs.aws.amazon.com/lambda/latest/api/API_PutFunctionEventInvokeConfig.html */
export const asynchronousLimits = {
  retryAttempts: { min: 0, max: 2, default: 2 },
  eventAgeSeconds: { min: 60, max: 21_600, default: 21_600 },
} as const;

/**
 * Event source mappings of queues.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_CreateEventSourceMapping.html
 */
export const mappingLimits = {
  batchSize: { min: 1, max: 10_000, default: 10 },
  /** On a FIFO queue, and on a standard queue without a window. */
  batchSizeWithoutWindow: 10,
  windowSeconds: { min: 0, max: 300, default: 0 },
  concurrency: { min: 2, max: 1000 },
  minimumPollers: { min: 2, max: 200 },
  maximumPollers: { min: 2, max: 10_000 },
} as const;

/** https://docs.aws.amazon.com/IAM/latest/UserGuide/reference_iam-quotas.html */
export const roleNameLength = 64;
