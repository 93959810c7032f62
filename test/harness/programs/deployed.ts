import { isObject } from "../../../aws/isObject.ts";
import type { Registration } from "./registration.ts";

/** What a program has registered, looked up as AWS would: by what names what. */
export class Deployed {
  readonly all: readonly Registration[];

  constructor(all: readonly Registration[]) {
    this.all = all;
  }

  ofType(type: string): Registration[] {
    return this.all.filter((each) => each.type === type);
  }

  /** The resource that an input names, by its id or its ARN. */
  find(type: string, named: unknown): Registration | undefined {
    return this.ofType(type).find((each) => each.id === named || each.state.arn === named);
  }

  /** The ARN of the key that a topic or a queue is encrypted with. */
  keyOf(arn: string): string | undefined {
    const encrypted = this.all.find(({ state }) => state.arn === arn);
    const key = this.find("aws:kms/key:Key", encrypted?.inputs.kmsMasterKeyId);
    return key && String(key.state.arn);
  }

  /** What a function's environment names: tables and buckets by name, topics by ARN, queues by URL. */
  namedBy({ inputs }: Registration): Registration[] {
    const variables = isObject(inputs.environment) ? inputs.environment.variables : undefined;
    const values = new Set(Object.values(isObject(variables) ? variables : {}));
    return this.all.filter(
      ({ type, id, state }) =>
        ([table, bucket].includes(type) && values.has(id)) ||
        (type === topic && values.has(state.arn)) ||
        (type === queue && values.has(state.url)),
    );
  }

  /** The buckets whose events come to a function, by a queue or straight from the topic. */
  sourcesOf(worker: Registration): Registration[] {
    const endpoints = [
      worker.state.arn,
      ...this.ofType("aws:lambda/eventSourceMapping:EventSourceMapping")
        .filter(({ inputs }) => inputs.functionName === worker.state.arn)
        .map(({ inputs }) => inputs.eventSourceArn),
    ];
    const topics = this.ofType("aws:sns/topicSubscription:TopicSubscription")
      .filter(({ inputs }) => endpoints.includes(inputs.endpoint))
      .map(({ inputs }) => inputs.topic);
    return this.ofType("aws:s3/bucketNotification:BucketNotification")
      .filter(({ inputs }) =>
        records(inputs.topics).some(({ topicArn }) => topics.includes(topicArn)),
      )
      .flatMap(({ inputs }) => this.find(bucket, inputs.bucket) ?? []);
  }
}

const table = "aws:dynamodb/table:Table";
const bucket = "aws:s3/bucket:Bucket";
const topic = "aws:sns/topic:Topic";
const queue = "aws:sqs/queue:Queue";

/** The objects among a value or a list of values. */
export function records(value: unknown): Readonly<Record<string, unknown>>[] {
  return [value].flat().filter(isObject);
}
