/** The public interface of the components. */

export type { BodyFilterFor, FilterFor } from "../aws/filterPolicy/filterFor.ts";
export type { FilterPolicy } from "../aws/filterPolicy/filterPolicy.ts";
export type { ExistingBucketArgs, PrivateBucketArgs, UploadBucketArgs } from "./bucketArgs.ts";
export type { ConsumerSpec } from "./consumers/consumer.ts";
export type { Consumer } from "./consumers/consumerBase.ts";
export type { HandlerSpec } from "./consumers/consumerFunction.ts";
export type {
  EmailConsumerSpec,
  HttpsConsumerSpec,
  HttpsRetries,
  SmsConsumerSpec,
} from "./consumers/endpointConsumer.ts";
export type { ExistingFunctionArgs } from "./consumers/existingFunction.ts";
export type { FirehoseConsumerSpec } from "./consumers/firehoseConsumer.ts";
export type { FunctionConsumerSpec } from "./consumers/functionConsumer.ts";
export type { QueueConsumerSpec } from "./consumers/queueConsumer.ts";
export type { QueueRetries, RetryBackoff } from "./consumers/retries.ts";
export { FanoutTopic } from "./fanoutTopic.ts";
export type { FanoutTopicArgs } from "./fanoutTopicArgs.ts";
export type { Architecture, BundleArgs, BundleLoader } from "./functions/bundleArgs.ts";
export type {
  AliasArgs,
  FileSystemArgs,
  HandlerArgs,
  HandlerFunctionArgs,
  ImageArgs,
  PreviousVersionArgs,
  PythonRuntime,
  VpcArgs,
} from "./handlerArgs.ts";
export { HandlerFunction } from "./handlerFunction.ts";
export type { AlarmsArgs } from "./monitoring/alarms.ts";
export type { DeliveryLoggingArgs } from "./monitoring/deliveryLogging.ts";
export type { PolicyDocument, Statement } from "./policyDocument.ts";
export { PrivateBucket } from "./privateBucket.ts";
export type {
  BucketSource,
  EventPattern,
  EventSource,
  InputTransformer,
  Payload,
  RetryArgs,
  ScheduleSource,
  Source,
} from "./sources/source.ts";
export type { Encryption } from "./topic/encryption.ts";
export type { FifoArgs } from "./topic/fifo.ts";
export type { Publisher } from "./topic/publishers.ts";
export type { StatementToAdd } from "./topic/statementsToAdd.ts";
export type { Transforms } from "./topic/topicContext.ts";
export type { Subscriber } from "./topic/topicPolicy.ts";
export { UploadBucket } from "./uploadBucket.ts";
