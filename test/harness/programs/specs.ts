import * as fc from "fast-check";
import { type FanoutTopicArgs, UploadBucket } from "../../../components/index.ts";

/** Specs of FanoutTopic that fast-check makes up, plain until the program runs. */
export type Spec = {
  readonly name: string;
  /** Buckets of the sources are numbers; `argsOf` makes them. */
  readonly args: object;
};

const entry = "test/fixtures/handlers/echo.ts";

/** Around a limit as often as anywhere. */
function near(...limits: number[]): fc.Arbitrary<number> {
  return fc.oneof(
    fc.constantFrom(...limits.flatMap((limit) => [limit - 1, limit, limit + 1])),
    fc.integer({ min: limits[0] ?? 0, max: limits.at(-1) ?? 0 }),
  );
}

/** A record of which any field may be missing, but for those named. */
function some<T extends object>(
  fields: { [K in keyof T]: fc.Arbitrary<T[K]> },
  ...always: (keyof T)[]
) {
  return fc.record(fields, { requiredKeys: always });
}

/** Objects as literals and JSON make them: Pulumi cannot read those without a prototype. */
function dictionary<T>(
  keys: fc.Arbitrary<string>,
  values: fc.Arbitrary<T>,
  size: { readonly minKeys?: number; readonly maxKeys?: number } = {},
): fc.Arbitrary<Record<string, T>> {
  return fc.dictionary(keys, values, { ...size, noNullPrototype: true });
}

const shortName = fc.stringMatching(/^[A-Za-z0-9_-]{1,12}$/);
const longName = fc.stringMatching(/^[A-Za-z0-9_-]{20,60}$/);
const consumerName = fc.oneof(
  { weight: 9, arbitrary: shortName },
  { weight: 1, arbitrary: longName },
);

const filter = dictionary(
  fc.stringMatching(/^[a-z]{1,6}$/),
  fc.array(
    fc.oneof(
      fc.string(),
      fc.integer(),
      fc.constantFrom(
        { exists: true },
        { prefix: "a" },
        { "anything-but": ["b"] },
        { numeric: [">", 1] },
      ),
    ),
    { minLength: 1, maxLength: 6 },
  ),
  { minKeys: 1, maxKeys: 6 },
);

const handler = fc.oneof(
  fc.constant(entry),
  some(
    {
      entry: fc.constant(entry),
      memoryMb: near(128, 10_240),
      timeoutSeconds: near(1, 900),
      environment: dictionary(
        fc.stringMatching(/^[A-Z][A-Z_]{1,20}$/),
        fc.string({ maxLength: 900 }),
        {
          maxKeys: 6,
        },
      ),
      permissions: fc.array(
        fc.record({
          Effect: fc.constant("Allow"),
          Action: fc.constantFrom("s3:GetObject", "dynamodb:PutItem"),
          Resource: fc.stringMatching(/^arn:aws:s3:::[a-z]{3,900}$/),
        }),
        { maxLength: 14 },
      ),
      reservedConcurrency: near(1, 10),
      logRetentionDays: fc.constantFrom(1, 14, 30, 31),
    },
    "entry",
  ),
);

const common = {
  name: consumerName,
  filter,
  filterScope: fc.constantFrom("MessageAttributes", "MessageBody"),
};

const queueConsumer = some(
  {
    ...common,
    handler,
    fifo: fc.boolean(),
    rawDelivery: fc.boolean(),
    delaySeconds: near(0, 900),
    visibilityTimeoutSeconds: near(0, 43_200),
    retentionSeconds: near(60, 1_209_600),
    maxReceiveCount: near(1, 1000),
    batchSize: near(1, 10, 10_000),
    batchWindowSeconds: near(0, 300),
    maxConcurrency: near(2, 1000),
    deadLetter: some({ retentionSeconds: near(60, 1_209_600) }),
    subscriptionDeadLetter: fc.boolean(),
  },
  "name",
);

/** Few fields, each within its range. */
const soundConsumer = some(
  {
    name: consumerName,
    filter: fc.constantFrom({ event: ["placed"] }, { total: [{ numeric: [">=", 100] }] }),
    handler: fc.constantFrom(entry, { entry, timeoutSeconds: 30, environment: { TABLE: "a" } }),
    rawDelivery: fc.boolean(),
    delaySeconds: fc.nat(900),
    retentionSeconds: fc.integer({ min: 60, max: 1_209_600 }),
    subscriptionDeadLetter: fc.boolean(),
  },
  "name",
);

const functionConsumer = some(
  {
    ...common,
    kind: fc.constant("function"),
    handler,
    maximumRetryAttempts: near(0, 2),
    maximumEventAgeSeconds: near(60, 21_600),
    subscriptionDeadLetter: fc.boolean(),
  },
  "name",
  "kind",
  "handler",
);

const addressConsumer = fc
  .constantFrom(
    { kind: "email", endpoint: "a@example.com" },
    { kind: "sms", endpoint: "+4915112345678" },
    { kind: "https", endpoint: "https://example.com/events" },
    { kind: "firehose", endpoint: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a" },
  )
  .chain((address) => consumerName.map((name) => ({ ...address, name })));

const publisher = fc.oneof(
  fc.record({ service: fc.constantFrom("events.amazonaws.com", "ses.amazonaws.com") }),
  fc.record({ account: fc.stringMatching(/^\d{12}$/) }),
  fc.record({ principalArn: fc.stringMatching(/^arn:aws:iam::\d{12}:role\/[a-z]{1,400}$/) }),
);

const source = some(
  {
    bucket: fc.nat(2),
    events: fc.subarray(["s3:ObjectCreated:*", "s3:ObjectCreated:Put", "s3:ObjectRemoved:*"], {
      minLength: 1,
    }),
    prefix: fc.constantFrom("a/", "b/", "a/b/"),
    suffix: fc.constantFrom(".png", ".jpg"),
  },
  "bucket",
);

const fifo = fc.oneof(
  fc.boolean(),
  some({
    contentBasedDeduplication: fc.boolean(),
    highThroughput: fc.boolean(),
    archiveDays: near(1, 365),
  }),
);

/** Mostly right: each field of its type and near its range, and only some that do not go together. */
export const nearlyRight: fc.Arbitrary<Spec> = fc.record({
  name: consumerName,
  args: some(
    {
      consumers: fc.array(
        fc.oneof({ weight: 10, arbitrary: soundConsumer }, queueConsumer, functionConsumer, {
          weight: 2,
          arbitrary: addressConsumer,
        }),
        { minLength: 1, maxLength: 4 },
      ),
      fifo: fc.oneof({ weight: 4, arbitrary: fc.constant(false) }, fifo),
      sources: fc.array(source, { maxLength: 3 }),
      publishers: fc.array(publisher, { maxLength: 90, size: "max" }),
      encryption: fc.constantFrom("none", "kms"),
      maxMessageSize: fc.integer({ min: 1024, max: 1_048_576 }),
      alarms: fc.boolean(),
      dashboard: fc.boolean(),
      deliveryLogging: fc.boolean(),
      tracing: fc.boolean(),
      tags: dictionary(fc.stringMatching(/^[a-z]{1,5}$/), fc.string(), { maxKeys: 3 }),
    },
    "consumers",
  ),
});

/** Garbage: known names of fields with arbitrary values. */
export const garbage: fc.Arbitrary<Spec> = fc.record({
  name: fc.string(),
  args: fc.oneof(
    dictionary(
      fc.constantFrom("consumers", "fifo", "sources", "publishers", "tags", "x"),
      fc.anything(),
    ),
    fc.record({ consumers: fc.array(fc.anything()) }),
    fc.record({
      consumers: fc.array(
        dictionary(
          fc.constantFrom(
            "name",
            "kind",
            "handler",
            "filter",
            "batchSize",
            "deadLetter",
            "endpoint",
            "x",
          ),
          fc.anything(),
        ),
      ),
    }),
  ),
});

/** The arguments as a program in JavaScript may pass them. Creates the buckets: call it within a program. */
export function argsOf({ args }: Spec): FanoutTopicArgs {
  const buckets = [0, 1, 2].map((number) => new UploadBucket(`bucket-${number}`));
  const sources = "sources" in args && Array.isArray(args.sources) ? args.sources : undefined;
  const made = sources?.map((each) => ({ ...each, bucket: buckets[each?.bucket] }));
  return (made === undefined ? args : { ...args, sources: made }) as FanoutTopicArgs;
}
