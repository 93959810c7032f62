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
  Subscriber,
  Transforms,
} from "./fanoutTopicArgs.ts";
export { HandlerFunction, type HandlerFunctionArgs } from "./functions/handlerFunction.ts";
export type { HandlerArgs, HandlerSpec } from "./handlerSpec.ts";
export type { PolicyDocument, Statement } from "./policies/document.ts";
export { PrivateBucket, type PrivateBucketArgs } from "./privateBucket.ts";
export type { StatementToAdd } from "./topic/statementsToAdd.ts";
export { type ExistingBucketArgs, UploadBucket, type UploadBucketArgs } from "./uploadBucket.ts";
export type { AlarmsArgs } from "./watching/alarmsArgs.ts";
export type { DeliveryLoggingArgs } from "./watching/deliveryLogging.ts";
