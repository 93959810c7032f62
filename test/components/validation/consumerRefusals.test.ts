import { expect } from "chai";
import { consumerProblems, problemsOf } from "../../harness/programs/problems.ts";

const handler = "handlers/a.ts";

describe("a consumer that is refused", () => {
  const refused: [string, object, string, object?][] = [
    [
      "FIFO batch",
      { handler, batchSize: 50 },
      "batchSize must be 1 to 10 on a FIFO queue (given 50)",
      { fifo: true },
    ],
    ["empty batch", { handler, batchSize: 0 }, "batchSize must be 1 to 10,000 (given 0)"],
    [
      "large batch without window",
      { handler, batchSize: 11 },
      "batchSize above 10 requires batchWindowSeconds of 1 or more (given 11 and 0)",
    ],
    [
      "long window",
      { handler, batchWindowSeconds: 301 },
      "batchWindowSeconds must be 0 to 300 seconds (given 301)",
    ],
    [
      "window on FIFO",
      { handler, batchWindowSeconds: 0 },
      "batchWindowSeconds is not supported on a FIFO queue; remove it",
      { fifo: true },
    ],
    [
      "mapping without a function",
      { batchSize: 5 },
      "batchSize has no effect without a handler; add one, or remove it",
    ],
    [
      "concurrency of one",
      { handler, maxConcurrency: 1 },
      "maxConcurrency must be 2 to 1,000 (given 1)",
    ],
    [
      "more concurrency than reserved",
      { handler: { entry: handler, reservedConcurrency: 2 }, maxConcurrency: 3 },
      "maxConcurrency (3) is above reservedConcurrency (2): the rest is throttled, and throttled messages end up in the dead-letter queue",
    ],
    [
      "stopped function",
      {
        handler: { entry: handler, reservedConcurrency: 0 },
        provisionedPollers: { minimum: 2, maximum: 2 },
      },
      "handler.reservedConcurrency must be 1 or more: 0 stops the function (given 0)",
    ],
    [
      "pollers and concurrency",
      { handler, maxConcurrency: 2, provisionedPollers: { minimum: 2, maximum: 2 } },
      "provisionedPollers and maxConcurrency exclude each other; remove one of them",
    ],
    [
      "pollers the wrong way round",
      { handler, provisionedPollers: { minimum: 5, maximum: 4 } },
      "provisionedPollers.minimum (5) is above the maximum (4)",
    ],
    [
      "too many pollers",
      { handler, provisionedPollers: { minimum: 2, maximum: 10_001 } },
      "provisionedPollers.maximum must be 2 to 10,000 (given 10001)",
    ],
    [
      "visibility shorter than the timeout",
      { handler, visibilityTimeoutSeconds: 29 },
      "visibilityTimeoutSeconds (29) must not be shorter than the function's timeout (30)",
    ],
    [
      "long visibility",
      { visibilityTimeoutSeconds: 43_201 },
      "visibilityTimeoutSeconds must be 0 to 43,200 seconds (given 43201)",
    ],
    ["long delay", { delaySeconds: 901 }, "delaySeconds must be 0 to 900 seconds (given 901)"],
    [
      "short retention",
      { retentionSeconds: 59 },
      "retentionSeconds must be 60 to 1,209,600 seconds (given 59)",
    ],
    [
      "dead letters that die first",
      { deadLetter: { retentionSeconds: 86_400 } },
      "deadLetter.retentionSeconds (86,400) must be longer than the queue's own (345,600): a message keeps its age when it moves",
    ],
    ["no receive", { maxReceiveCount: 0 }, "maxReceiveCount must be 1 to 1,000 (given 0)"],
    [
      "FIFO queue on a standard topic",
      { fifo: true },
      "a FIFO queue requires a FIFO topic; set `fifo: true` on the topic, or remove it here",
    ],
    [
      "function on a FIFO topic",
      { kind: "function", handler },
      'a FIFO topic delivers only to SQS; use a queue with a handler instead of kind "function"',
      { fifo: true },
    ],
    [
      "another language",
      { handler: "handlers/a.rb" },
      'handler.entry must be a .ts, .mts, .cts, .tsx, .js, .mjs, .cjs, .jsx or .py file (given "handlers/a.rb")',
    ],
    [
      "little memory",
      { handler: { entry: handler, memoryMb: 64 } },
      "handler.memoryMb must be 128 to 10,240 MB (given 64)",
    ],
    [
      "long timeout",
      { handler: { entry: handler, timeoutSeconds: 901 } },
      "handler.timeoutSeconds must be 1 to 900 seconds (given 901)",
    ],
    [
      "retention that CloudWatch has not",
      { handler: { entry: handler, logRetentionDays: 10 } },
      "handler.logRetentionDays must be one of CloudWatch's values 1, 3, 5, 7, 14, 30, 60, 90, 120, 150, 180, 365, 400, 545, 731, 1096, 1827, 2192, 2557, 2922, 3288, 3653 (given 10)",
    ],
    [
      "an image of another registry",
      { handler: { image: { uri: "docker.io/library/mail:1" } } },
      'handler.image.uri must be an image in ECR, such as "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail@sha256:...": Lambda runs no other (given "docker.io/library/mail:1")',
    ],
    [
      "an image and code",
      {
        handler: {
          entry: handler,
          image: { uri: "123456789012.dkr.ecr.eu-west-1.amazonaws.com/mail:1" },
        },
      },
      "handler.entry does not apply to handler.image; remove one of them",
    ],
    [
      "a variable of Lambda's",
      { handler: { entry: handler, environment: { AWS_REGION: "x" } } },
      "handler.environment: AWS_REGION is set by Lambda; choose another name",
    ],
    [
      "a variable that is no name",
      { handler: { entry: handler, environment: { "a-b": "x" } } },
      'handler.environment: "a-b" is not a valid name of a variable',
    ],
    [
      "a large environment",
      { handler: { entry: handler, environment: { TEXT: "x".repeat(4061) } } },
      "handler.environment has 4,097 bytes, 32 of them in the component's own variables (NODE_OPTIONS); Lambda allows 4,096",
    ],
    [
      "an environment that is large with the retries",
      {
        handler: { entry: handler, environment: { TEXT: "x".repeat(3900) } },
        retries: { backoff: { first: 30 } },
      },
      "handler.environment has 4,117 bytes, 213 of them in the component's own variables (NODE_OPTIONS, FANOUT_MAX_RECEIVE_COUNT, FANOUT_RETRIES); Lambda allows 4,096",
    ],
    [
      "an environment that is large with the topic's ARN",
      {
        filter: { kind: ["a"] },
        handler: { entry: handler, publishes: true, environment: { TEXT: "x".repeat(4040) } },
      },
      "handler.environment has 4,126 bytes, 82 of them in the component's own variables (NODE_OPTIONS, TOPIC_ARN); Lambda allows 4,096",
    ],
    [
      "all rights",
      {
        handler: {
          entry: handler,
          permissions: [{ Effect: "Allow", Action: ["s3:*"], Resource: "*" }],
        },
      },
      "handler.permissions.0 allows s3:* on every resource; name the actions and the resources",
    ],
    [
      "a delay that outlasts the message",
      { delaySeconds: 60, retentionSeconds: 60 },
      "retentionSeconds (60) must be longer than delaySeconds (60): a message would expire before it becomes visible",
    ],
    [
      "a region that there is none of",
      { region: "eu-west1" },
      'region must be a region\'s name, such as "eu-west-1" (given "eu-west1")',
    ],
    [
      "many retries",
      { kind: "function", handler, maximumRetryAttempts: 3 },
      "maximumRetryAttempts must be 0 to 2 (given 3)",
    ],
    [
      "short event age",
      { kind: "function", handler, maximumEventAgeSeconds: 59 },
      "maximumEventAgeSeconds must be 60 to 21,600 seconds (given 59)",
    ],
    [
      "scope without filter",
      { filterScope: "MessageBody" },
      "filterScope has no effect without a filter; add one, or remove it",
    ],
    [
      "six filter keys",
      { filter: { a: ["1"], b: ["1"], c: ["1"], d: ["1"], e: ["1"], f: ["1"] } },
      "filter: Filter policy can not have more than 5 keys: it has 6",
    ],
    [
      "an address that is none",
      { kind: "email", endpoint: "ops" },
      'endpoint must be an e-mail address (given "ops")',
    ],
    [
      "a number that is none",
      { kind: "sms", endpoint: "0151 123" },
      'endpoint must be a phone number in E.164 form, such as "+4915112345678" (given "0151 123")',
    ],
    [
      "plain HTTP",
      { kind: "https", endpoint: "http://example.com/hook" },
      'endpoint must be an https URL (http for 127.0.0.1, in a local run) (given "http://example.com/hook")',
    ],
    [
      "a stream by its name",
      { kind: "firehose", endpoint: "archive" },
      'endpoint must be the ARN of a delivery stream (given "archive")',
    ],
    [
      "retries without end",
      {
        kind: "https",
        endpoint: "https://example.com",
        retries: { attempts: 100, maximumDelaySeconds: 60 },
      },
      "retries must end within an hour (given up to 100 x 60 seconds)",
    ],
    [
      "delays the wrong way round",
      {
        kind: "https",
        endpoint: "https://example.com",
        retries: { attempts: 1, minimumDelaySeconds: 30 },
      },
      "retries: delays must be 1 to 3,600 seconds, the minimum not above the maximum (given 30 and 20)",
    ],
    [
      "mail on a FIFO topic",
      { kind: "sms", endpoint: "+4915112345678" },
      'a FIFO topic delivers only to SQS; use a queue with a handler instead of kind "sms"',
      { fifo: true },
    ],
    [
      "fairness of a FIFO topic",
      { fairness: true },
      "fairness is for standard topics: a FIFO topic orders its message groups, and does not pass them to standard queues; remove it",
      { fifo: true },
    ],
    [
      "fairness of an existing queue",
      { fairness: true, existingQueueArn: "arn:aws:sqs:eu-west-1:123456789012:old" },
      "fairness has no effect on an existing queue, which is not monitored; remove it",
    ],
    [
      "a loop",
      { handler: { entry: handler, publishes: true } },
      "handler.publishes requires a filter: without one the consumer receives its own messages in an endless loop",
    ],
  ];
  for (const [what, consumer, text, topic] of refused) {
    it(`${what}: ${text}`, () => {
      expect(consumerProblems(consumer, topic)).to.deep.equal([`error: consumer "a": ${text}`]);
    });
  }

  it("for a handler that is not there", () => {
    const spec = { consumers: [{ name: "a", handler }] };
    expect(problemsOf(spec, "orders", (path) => path !== handler)).to.deep.equal([
      'error: consumer "a": handler.entry: there is no file "handlers/a.ts" in the project\'s folder',
    ]);
  });

  it("for a statement of its role that says too little", () => {
    const permissions = [{ Effect: "Allow", Sid: "a b" }];
    expect(consumerProblems({ handler: { entry: handler, permissions } })).to.deep.equal([
      'error: consumer "a": handler.permissions.0 has no Action',
      'error: consumer "a": handler.permissions.0 has no Resource',
      'error: consumer "a": handler.permissions.0.Sid may have only letters and digits (given "a b")',
    ]);
  });
});
