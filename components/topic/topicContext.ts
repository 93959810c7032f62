import type * as aws from "@pulumi/aws";
import { type Input, type Output, type Resource, RunError } from "@pulumi/pulumi";
import type { QueueNaming } from "../consumers/names.ts";
import { withTraces } from "../promiseTraces.ts";
import { misusedOutputs } from "../validation/outputs.ts";
import type { FifoSettings } from "./fifo.ts";
import type { Place } from "./topicReference.ts";

type Transform<Args> = (args: Args, consumer: string) => Args;

/** Arguments whose policy is JSON. */
type WithPolicy<Args> = Args & { policy: Output<string> };

/**
 * By resource: a function that receives the arguments that the component would use, and returns those to
 * use instead.
 */
export interface Transforms {
  topic?: (args: aws.sns.TopicArgs) => aws.sns.TopicArgs;
  /** For principals that `publishers` and `subscribers` cannot express. */
  topicPolicy?: (args: WithPolicy<aws.sns.TopicPolicyArgs>) => aws.sns.TopicPolicyArgs;
  /**
   * For other destinations of a bucket that is a source, such as EventBridge: S3 keeps one document of them for
   * a bucket. `bucket` is the component's name.
   */
  notification?: (
    args: aws.s3.BucketNotificationArgs,
    bucket: string,
  ) => aws.s3.BucketNotificationArgs;
  key?: (args: aws.kms.KeyArgs) => aws.kms.KeyArgs;
  keyPolicy?: (args: WithPolicy<aws.kms.KeyPolicyArgs>) => aws.kms.KeyPolicyArgs;
  queue?: Transform<aws.sqs.QueueArgs>;
  deadLetterQueue?: Transform<aws.sqs.QueueArgs>;
  subscription?: Transform<aws.sns.TopicSubscriptionArgs>;
  role?: Transform<aws.iam.RoleArgs>;
  logGroup?: Transform<aws.cloudwatch.LogGroupArgs>;
  function?: Transform<aws.lambda.FunctionArgs>;
  mapping?: Transform<aws.lambda.EventSourceMappingArgs>;
}

/** What the consumers use of their topic. */
export type TopicContext = QueueNaming & {
  /** Where the consumers of an existing topic are by default; undefined for a new topic, which has its provider's place. */
  readonly place: Place | undefined;
  /** Undefined for a standard topic. */
  readonly fifo: FifoSettings | undefined;
  /** The key that encrypts the messages; undefined without encryption by KMS. */
  readonly key: aws.kms.Key | undefined;
  /** Policies of the topic and its key, which have to exist before the first delivery. */
  readonly policies: readonly Resource[];
  /** Whether functions send traces. */
  readonly tracing: boolean;
  readonly maxMessageSize: Input<number>;
  readonly tags: Record<string, Input<string>> | undefined;
  readonly transform: Transforms;
};

/**
 * The user's transforms, which throw errors with stack traces also inside `withoutPromiseTraces`. They may not
 * return a text into which an Output was put.
 */
export function checkedTransforms(topic: string, transform: Transforms): Transforms {
  const checked = <Args extends unknown[], Result>(
    field: keyof Transforms,
    run: ((...args: Args) => Result) | undefined,
  ) => run && withTraces((...args: Args) => withoutOutputText(topic, field, run(...args)));
  return {
    topic: checked("topic", transform.topic),
    topicPolicy: checked("topicPolicy", transform.topicPolicy),
    notification: checked("notification", transform.notification),
    key: checked("key", transform.key),
    keyPolicy: checked("keyPolicy", transform.keyPolicy),
    queue: checked("queue", transform.queue),
    deadLetterQueue: checked("deadLetterQueue", transform.deadLetterQueue),
    subscription: checked("subscription", transform.subscription),
    role: checked("role", transform.role),
    logGroup: checked("logGroup", transform.logGroup),
    function: checked("function", transform.function),
    mapping: checked("mapping", transform.mapping),
  } satisfies { [Field in keyof Required<Transforms>]: Transforms[Field] };
}

function withoutOutputText<T>(topic: string, field: string, result: T): T {
  const [problem] = misusedOutputs(result);
  if (problem === undefined) return result;
  throw new RunError(`FanoutTopic "${topic}": transform.${field}: ${problem}`);
}
