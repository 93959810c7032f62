import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import type { FanoutTopicArgs } from "../../../components/index.ts";
import { fanoutTopicProblems } from "../../../components/validation/checkFanoutTopic.ts";
import { formatProblem } from "../../../components/validation/problem.ts";

const handler = "handlers/a.ts";

/** What is said of a spec, errors and warnings; `spec` is not typed, as JSON and JavaScript are not. */
function said(spec: object, name = "orders"): string[] {
  const args = spec as FanoutTopicArgs;
  return fanoutTopicProblems(name, args, (path) => path === handler).map(
    (problem) => `${problem.severity}: ${formatProblem(problem)}`,
  );
}

function ofConsumer(consumer: object, topic: object = {}): string[] {
  return said({ consumers: [{ name: "a", ...consumer }], ...topic });
}

describe("a spec with nothing wrong", () => {
  const good: [string, object, object?][] = [
    ["a bare queue", {}],
    ["a handler by its path", { handler }],
    ["the largest standard batch", { handler, batchSize: 10_000, batchWindowSeconds: 1 }],
    ["a FIFO batch of one", { handler, batchSize: 1 }, { fifo: true }],
    [
      "Outputs, which are not known yet",
      {
        handler: { entry: handler, timeoutSeconds: pulumi.output(9000) },
        batchSize: pulumi.output(-1),
      },
    ],
    ["14 days of retention in both queues", { retentionSeconds: 1_209_600 }],
    [
      "a FIFO queue and its dead-letter queue that keep as long",
      { retentionSeconds: 86_400, deadLetter: { retentionSeconds: 86_400 } },
      { fifo: true },
    ],
    [
      "reserved concurrency with as much maximum concurrency",
      { handler: { entry: handler, reservedConcurrency: 5 }, maxConcurrency: 5 },
    ],
    [
      "a visibility timeout as advised",
      { handler: { entry: handler, timeoutSeconds: 10 }, visibilityTimeoutSeconds: 60 },
    ],
    [
      "a function",
      { kind: "function", handler, maximumRetryAttempts: 0, maximumEventAgeSeconds: 60 },
    ],
  ];
  for (const [what, consumer, topic] of good) {
    it(`passes: ${what}`, () => {
      expect(ofConsumer(consumer, topic)).to.deep.equal([]);
    });
  }
});

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
      "no such file",
      { handler: "handlers/b.ts" },
      'handler.entry: there is no file "handlers/b.ts" in the project\'s folder',
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
      expect(ofConsumer(consumer, topic)).to.deep.equal([`error: consumer "a": ${text}`]);
    });
  }

  it("for a statement of its role that says too little", () => {
    const permissions = [{ Effect: "Allow", Sid: "a b" }];
    expect(ofConsumer({ handler: { entry: handler, permissions } })).to.deep.equal([
      'error: consumer "a": handler.permissions.0 has no Action',
      'error: consumer "a": handler.permissions.0 has no Resource',
      'error: consumer "a": handler.permissions.0.Sid may have only letters and digits (given "a b")',
    ]);
  });

  it("for its letters", () => {
    expect(said({ consumers: [{ name: "a.b" }] })).to.deep.equal([
      'error: consumer "a.b": name may have only letters, digits, - and _ (given "a.b")',
    ]);
  });

  it("for the length of the names that AWS would get", () => {
    const name = "x".repeat(58);
    expect(said({ consumers: [{ name, handler }] })).to.deep.equal([
      `error: consumer "${name}": the name of the function "orders-${name}" would have 73 characters; AWS allows 64: shorten the topic's or the consumer's name`,
    ]);
    const firehose = {
      kind: "firehose",
      endpoint: "arn:aws:firehose:eu-west-1:123456789012:deliverystream/a",
    };
    const role = (length: number) => ({ ...firehose, name: "x".repeat(length) });
    expect(said({ consumers: [role(64 - 8 - "orders-".length)] })).to.deep.equal([]);
    const roleName = "x".repeat(50);
    expect(said({ consumers: [role(50)] })).to.deep.equal([
      `error: consumer "${roleName}": the name of the role "orders-${roleName}" would have 65 characters; AWS allows 64: shorten the topic's or the consumer's name`,
    ]);
    const logged = { consumers: [{ name: "a" }], deliveryLogging: true };
    const topicName = "t".repeat(40);
    expect(said(logged, topicName.slice(1))).to.deep.equal([]);
    expect(said(logged, topicName)).to.deep.equal([
      `error: the name of the role "${topicName}-delivery-logging" would have 65 characters; AWS allows 64: shorten the topic's or the consumer's name`,
    ]);
    const longer = "x".repeat(62);
    expect(said({ consumers: [{ name: longer }] })).to.deep.equal([
      `error: consumer "${longer}": the name of the queue "orders-${longer}-dlq" would have 81 characters; AWS allows 80: shorten the topic's or the consumer's name`,
    ]);
    const long = "x".repeat(54);
    const undelivered = { name: long, subscriptionDeadLetter: true };
    expect(said({ consumers: [{ name: long }] })).to.deep.equal([]);
    expect(said({ consumers: [undelivered] })).to.deep.equal([
      `error: consumer "${long}": the name of the queue "orders-${long}-undelivered" would have 81 characters; AWS allows 80: shorten the topic's or the consumer's name`,
    ]);
  });

  it("for the length of names after a topic that exists already", () => {
    const existingTopicArn = `arn:aws:sns:eu-west-1:123456789012:${"t".repeat(40)}`;
    const name = "x".repeat(28);
    expect(said({ existingTopicArn, consumers: [{ name }] })).to.deep.equal([
      `error: consumer "${name}": the name of the queue "orders-${name}-dlq" would have 81 characters; AWS allows 80: shorten the topic's or the consumer's name`,
    ]);
    expect(said({ existingTopicArn, consumers: [{ name: name.slice(1) }] })).to.deep.equal([]);
  });
});

describe("a consumer that is warned of", () => {
  const warned: [string, object, string, object?][] = [
    [
      "few receives",
      { handler, maxReceiveCount: 3 },
      "maxReceiveCount below 5 (given 3) moves valid messages to the dead-letter queue when Lambda throttles",
    ],
    [
      "a FIFO batch in which a failed message holds back others",
      { handler, batchSize: 10 },
      "batchSize 10 on a FIFO queue: the messages of a batch behind a failed one use up their receives with it, and reach the dead-letter queue unhandled if the function times out, or if its handler is not handleFifoBatch; use 1 unless you need the throughput",
      { fifo: true },
    ],
    [
      "more pollers than the provider documents",
      { handler, provisionedPollers: { minimum: 2, maximum: 10_000 } },
      "provisionedPollers.maximum (10,000) is within Lambda's 10,000, but @pulumi/aws documents 2,000; if a preview rejects it, update the provider",
    ],
    [
      "short visibility",
      { handler, visibilityTimeoutSeconds: 60 },
      "visibilityTimeoutSeconds (60) is below 6 x timeout + window (180): a slow or throttled batch is received again while it is processed",
    ],
    [
      "a message that is gone before its second try",
      { handler: { entry: handler, timeoutSeconds: 600 }, retentionSeconds: 3600 },
      "retentionSeconds (3,600) is not longer than visibilityTimeoutSeconds (3,600): a message that fails once expires before it is received again, and does not reach the dead-letter queue",
    ],
    [
      "standard queue on a FIFO topic",
      { fifo: false },
      "a standard queue on a FIFO topic receives messages out of order, and some of them twice",
      { fifo: true },
    ],
    [
      "reserved concurrency alone",
      { handler: { entry: handler, reservedConcurrency: 5 } },
      "reservedConcurrency without maxConcurrency: pollers exceed it, and throttled messages end up in the dead-letter queue; set maxConcurrency to the same number",
    ],
    [
      "mail, which needs a human",
      { kind: "email", endpoint: "ops@example.com" },
      'the owner of "ops@example.com" has to confirm the subscription within two days, by the link in an e-mail from AWS; a destroy does not delete an unconfirmed subscription',
    ],
  ];
  for (const [what, consumer, text, topic] of warned) {
    it(`${what}: ${text}`, () => {
      expect(ofConsumer(consumer, topic)).to.deep.equal([`warning: consumer "a": ${text}`]);
    });
  }
});

describe("a topic that is refused", () => {
  const refused: [string, object, string][] = [
    ["no consumer", { consumers: [] }, "consumers is empty; add at least one"],
    [
      "a name twice",
      { consumers: [{ name: "a" }, { name: "a" }] },
      'consumer "a" is declared more than once; use unique names',
    ],
    [
      "a queue's name twice",
      { consumers: [{ name: "a" }, { name: "a-dlq" }] },
      'two of the queues would be named "orders-a-dlq"; rename a consumer or a source',
    ],
    [
      "small messages",
      { maxMessageSize: 1023 },
      "maxMessageSize must be 1,024 to 1,048,576 bytes (given 1023)",
    ],
    [
      "an archive of a year and a day",
      { fifo: { archiveDays: 366, highThroughput: false } },
      "fifo.archiveDays must be 0 to 365 days (given 366)",
    ],
    ["a tag of AWS's", { tags: { "aws:x": "y" } }, 'tag "aws:x": aws: is reserved for AWS'],
    [
      "two kinds of publisher",
      { publishers: [{ organization: "o-a1b2c3d4e5", account: "123456789012" }] },
      "publisher 1: account and organization exclude each other; use a publisher for each",
    ],
    [
      "a publisher that is anyone",
      { publishers: [{ principalArn: "*" }] },
      'publisher 1: principalArn must be the ARN of a role or user, without * (given "*")',
    ],
    [
      "an account that is none",
      { publishers: [{ account: "12345" }] },
      'publisher 1: account must be 12 digits (given "12345")',
    ],
    [
      "a service that is none",
      { publishers: [{ service: "events" }] },
      'publisher 1: service must be a service\'s principal such as "events.amazonaws.com" (given "events")',
    ],
  ];
  for (const [what, topic, text] of refused) {
    it(`${what}: ${text}`, () => {
      const errors = ofConsumer({}, topic).filter((line) => line.startsWith("error"));
      expect(errors).to.deep.equal([`error: ${text}`]);
    });
  }

  it("only with a warning for messages that the topic accepts and the queues reject", () => {
    expect(said({ consumers: [{ name: "a" }], maxMessageSize: 262_144 })).to.deep.equal([]);
    expect(said({ consumers: [{ name: "a" }], maxMessageSize: 262_143 })).to.deep.equal([
      "warning: maxMessageSize (262,143) is below the 262,144 bytes that the topic accepts: larger messages are published and reach no queue",
    ]);
  });

  it("for more delivery streams than SNS takes", () => {
    const consumers = Array.from({ length: 6 }, (_, index) => ({
      name: `s${index}`,
      kind: "firehose",
      endpoint: `arn:aws:firehose:eu-west-1:123456789012:deliverystream/s${index}`,
    }));
    expect(said({ consumers })).to.deep.equal([
      "error: a topic allows 5 Firehose subscriptions (given 6 consumers of kind firehose)",
    ]);
  });

  it("for a FIFO topic with too many consumers", () => {
    const consumers = Array.from({ length: 101 }, (_, index) => ({ name: `c${index}` }));
    expect(said({ fifo: true, consumers })).to.deep.equal([
      "error: a FIFO topic allows 100 subscriptions (given 101 consumers)",
    ]);
  });
});

describe("a spec of the wrong shape", () => {
  const misshapen: [string, object, string][] = [
    [
      "a slip of the keyboard",
      { consumers: [{ name: "a", batchsize: 5 }] },
      'consumer "a": unknown field "batchsize"; did you mean "batchSize"?',
    ],
    [
      "a text for a number",
      { consumers: [{ name: "a", delaySeconds: "5" }] },
      'consumer "a": delaySeconds must be a number (given "5")',
    ],
    [
      "half a message",
      { consumers: [{ name: "a", handler, batchSize: 2.5 }] },
      'consumer "a": batchSize must be a whole number (given 2.5)',
    ],
    ["no name", { consumers: [{}] }, "consumer 1: name is missing"],
    [
      "a consumer that is a text",
      { consumers: ["a"] },
      'consumer 1: must be an object (given "a")',
    ],
    [
      "an unknown kind",
      { consumers: [{ name: "a", kind: "lambda" }] },
      'consumer "a": kind must be "queue", "function", "email", "sms", "https" or "firehose"; did you mean "function"? (given "lambda")',
    ],
    [
      "a kind that every object has",
      { consumers: [{ name: "a", kind: "constructor" }] },
      'consumer "a": kind must be "queue", "function", "email", "sms", "https" or "firehose" (given "constructor")',
    ],
    [
      "no number at all",
      { consumers: [{ name: "a", delaySeconds: Number.NaN }] },
      'consumer "a": delaySeconds must be a number (given NaN)',
    ],
    [
      "a text for a flag",
      { consumers: [{ name: "a" }], fifo: "true" },
      'fifo must be true or false (given "true")',
    ],
    ["a hole among the consumers", { consumers: [undefined] }, "consumer 1: is missing"],
    [
      "a statement of a resource's policy",
      {
        consumers: [
          {
            name: "a",
            handler: {
              entry: handler,
              permissions: [{ Effect: "Allow", Principal: "*", Action: "a:B", Resource: "*" }],
            },
          },
        ],
      },
      'consumer "a": handler.permissions.0.Principal belongs in a resource\'s policy, not in the role\'s; remove it (given "*")',
    ],
    [
      "a function without a handler",
      { consumers: [{ name: "a", kind: "function" }] },
      'consumer "a": handler is missing',
    ],
    [
      "a handler without entry",
      { consumers: [{ name: "a", handler: { memoryMb: 128 } }] },
      'consumer "a": handler.entry is missing',
    ],
    [
      "a number for a handler",
      { consumers: [{ name: "a", handler: 5 }] },
      'consumer "a": handler must be the path of an entry file, { entry, ... }, { functionArn }, an aws.lambda.Function or an aws.lambda.Alias (given 5)',
    ],
    [
      "a field of another kind",
      { consumers: [{ name: "a", kind: "function", handler, batchSize: 5 }] },
      'consumer "a": unknown field "batchSize"',
    ],
    [
      "a bucket that is none",
      { consumers: [{ name: "a" }], sources: [{ bucket: {} }] },
      "source 1: bucket must be an UploadBucket, an aws.s3.Bucket, or the name or ARN of a bucket (given {})",
    ],
    [
      "an unknown setting of the topic",
      { consumers: [{ name: "a" }], source: [] },
      'unknown field "source"; did you mean "sources"?',
    ],
    ["no consumers", {}, "consumers is missing"],
    [
      "a deeper slip",
      { consumers: [{ name: "a", deadLetter: { retention: 60 } }] },
      'consumer "a": deadLetter: unknown field "retention"; did you mean "retentionSeconds"?',
    ],
  ];
  for (const [what, spec, text] of misshapen) {
    it(`${what}: ${text}`, () => {
      expect(said(spec)).to.deep.equal([`error: ${text}`]);
    });
  }

  it("does not keep the other consumers' problems from being said", () => {
    expect(
      said({
        consumers: [
          { name: "a", delay: 1 },
          { name: "b", delaySeconds: 901 },
        ],
      }),
    ).to.deep.equal([
      'error: consumer "a": unknown field "delay"; did you mean "delaySeconds"?',
      'error: consumer "b": delaySeconds must be 0 to 900 seconds (given 901)',
    ]);
  });
});
