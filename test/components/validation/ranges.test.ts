import { expect } from "chai";
import { consumerProblems } from "../../harness/programs/problems.ts";

const entry = "handlers/a.ts";
const pattern = { eventPattern: { source: ["shop"] } };
const ofHandler = (field: string) => (value: number) => ({ handler: { entry, [field]: value } });
const ofTopic = (args: (value: number) => object) => (value: number) => [{}, args(value)] as const;
const ofSource = (source: (value: number) => object) =>
  ofTopic((value) => ({ sources: [source(value)] }));
const ofAlarms = (field: string) => ofTopic((value) => ({ alarms: { [field]: value } }));

/** The arguments of a consumer, or of a consumer and its topic, with a value in a field. */
type Spec = (value: number) => object | readonly [consumer: object, topic: object];

/** Fields with their inclusive limits, and the words for these. */
const ranges: [field: string, min: number, max: number, limits: string, spec: Spec][] = [
  ["delaySeconds", 0, 900, "0 to 900 seconds", (delaySeconds) => ({ delaySeconds })],
  [
    "visibilityTimeoutSeconds",
    0,
    43_200,
    "0 to 43,200 seconds",
    (visibilityTimeoutSeconds) => ({ visibilityTimeoutSeconds }),
  ],
  [
    "retentionSeconds",
    60,
    1_209_600,
    "60 to 1,209,600 seconds",
    (retentionSeconds) => ({ retentionSeconds }),
  ],
  [
    "deadLetter.retentionSeconds",
    60,
    1_209_600,
    "60 to 1,209,600 seconds",
    (retentionSeconds) => [{ deadLetter: { retentionSeconds } }, { fifo: true }],
  ],
  ["maxReceiveCount", 1, 1000, "1 to 1,000", (maxReceiveCount) => ({ maxReceiveCount })],
  [
    "batchSize",
    1,
    10_000,
    "1 to 10,000",
    (batchSize) => ({ handler: entry, batchSize, batchWindowSeconds: 1 }),
  ],
  [
    "batchSize",
    1,
    10,
    "1 to 10 on a FIFO queue",
    (batchSize) => [{ handler: entry, batchSize }, { fifo: true }],
  ],
  [
    "batchWindowSeconds",
    0,
    300,
    "0 to 300 seconds",
    (batchWindowSeconds) => ({ handler: entry, batchWindowSeconds }),
  ],
  [
    "maxConcurrency",
    2,
    1000,
    "2 to 1,000",
    (maxConcurrency) => ({ handler: entry, maxConcurrency }),
  ],
  [
    "provisionedPollers.minimum",
    2,
    200,
    "2 to 200",
    (minimum) => ({ handler: entry, provisionedPollers: { minimum, maximum: 1000 } }),
  ],
  [
    "provisionedPollers.maximum",
    2,
    10_000,
    "2 to 10,000",
    (maximum) => ({ handler: entry, provisionedPollers: { minimum: 2, maximum } }),
  ],
  [
    "retries.backoff.first",
    1,
    43_200,
    "1 to 43,200 seconds",
    (first) => ({
      handler: entry,
      visibilityTimeoutSeconds: 0,
      retries: { backoff: { first, maximum: 43_200 } },
    }),
  ],
  [
    "retries.backoff.factor",
    1,
    10,
    "1 to 10",
    (factor) => ({ handler: entry, retries: { backoff: { first: 1, factor } } }),
  ],
  [
    "maximumRetryAttempts",
    0,
    2,
    "0 to 2",
    (maximumRetryAttempts) => ({ kind: "function", handler: entry, maximumRetryAttempts }),
  ],
  [
    "maximumEventAgeSeconds",
    60,
    21_600,
    "60 to 21,600 seconds",
    (maximumEventAgeSeconds) => ({ kind: "function", handler: entry, maximumEventAgeSeconds }),
  ],
  ["handler.memoryMb", 128, 10_240, "128 to 10,240 MB", ofHandler("memoryMb")],
  ["handler.timeoutSeconds", 1, 900, "1 to 900 seconds", ofHandler("timeoutSeconds")],
  ["handler.ephemeralStorageMb", 512, 10_240, "512 to 10,240 MB", ofHandler("ephemeralStorageMb")],
  [
    "maxMessageSize",
    1024,
    1_048_576,
    "1,024 to 1,048,576 bytes",
    ofTopic((maxMessageSize) => ({ maxMessageSize })),
  ],
  [
    "fifo.archiveDays",
    0,
    365,
    "0 to 365 days",
    ofTopic((archiveDays) => ({ fifo: { archiveDays } })),
  ],
  ...["deadLetters", "failedDeliveries", "functionErrors", "throttles"].map(
    (field): [string, number, number, string, Spec] => [
      `alarms.${field}`,
      0,
      1_000_000_000,
      "0 to 1,000,000,000",
      ofAlarms(field),
    ],
  ),
  [
    "alarms.durationPercent",
    1,
    100,
    "1 to 100 percent of the timeout",
    ofAlarms("durationPercent"),
  ],
  [
    "deliveryLogging.successSamplePercent",
    0,
    100,
    "0 to 100 percent",
    ofTopic((successSamplePercent) => ({ deliveryLogging: { successSamplePercent } })),
  ],
  [
    "retries.maximumAttempts",
    0,
    185,
    "0 to 185",
    ofSource((maximumAttempts) => ({ ...pattern, retries: { maximumAttempts } })),
  ],
  [
    "retries.maximumAgeSeconds",
    60,
    86_400,
    "60 to 86,400 seconds",
    ofSource((maximumAgeSeconds) => ({ ...pattern, retries: { maximumAgeSeconds } })),
  ],
  [
    "flexibleMinutes",
    1,
    1440,
    "1 to 1,440 minutes",
    ofSource((flexibleMinutes) => ({ schedule: "rate(1 day)", payload: "x", flexibleMinutes })),
  ],
];

describe("a number with limits", () => {
  for (const [field, min, max, limits, spec] of ranges) {
    const errorsAbout = (value: number) => {
      const given = spec(value);
      const [consumer, topic] = Array.isArray(given) ? given : [given];
      return consumerProblems(consumer, topic)
        .filter((line) => line.startsWith("error: "))
        .map((line) => line.replace(/^error: (consumer "a": |source 1: )?/, ""))
        .filter((line) => line.startsWith(`${field} must be ${limits}`));
    };

    it(`may be ${limits}, limits included: ${field}`, () => {
      for (const value of [min, max]) expect(errorsAbout(value), String(value)).to.deep.equal([]);
    });

    it(`may not be below or above ${limits}: ${field}`, () => {
      for (const value of [min - 1, max + 1]) {
        expect(errorsAbout(value)).to.deep.equal([`${field} must be ${limits} (given ${value})`]);
      }
    });
  }
});
