/** The components: what a program of its own needs to build a fan-out. */
export type {
  ConsumerSpec,
  EmailConsumerSpec,
  FilterPolicy,
  FirehoseConsumerSpec,
  FunctionConsumerSpec,
  HttpsConsumerSpec,
  HttpsRetries,
  QueueConsumerSpec,
  SmsConsumerSpec,
} from "./consumerSpec.ts";
export type { Consumer } from "./consumers/consumer.ts";
export { FanoutTopic } from "./fanoutTopic.ts";
export type {
  BucketSource,
  FanoutTopicArgs,
  FifoArgs,
  Publisher,
  Transforms,
} from "./fanoutTopicArgs.ts";
export { HandlerFunction, type HandlerFunctionArgs } from "./functions/handlerFunction.ts";
export type { HandlerArgs, HandlerSpec } from "./handlerSpec.ts";
export { PrivateBucket, type PrivateBucketArgs } from "./privateBucket.ts";
export { UploadBucket, type UploadBucketArgs } from "./uploadBucket.ts";
