/** Prices in US dollars of one region: first tiers, without free tiers, discounts and taxes. */
export type Prices = {
  readonly sns: {
    /** A request to a standard topic; each 64 KB of a message is one. */
    readonly standardRequest: number;
    /** A message to a FIFO topic. */
    readonly fifoMessage: number;
    readonly fifoGigabyte: number;
    /** A message of a FIFO topic for each subscription, whether its filter accepts it or not. */
    readonly fifoSubscriptionMessage: number;
    readonly fifoSubscriptionGigabyte: number;
    /** What filters on bodies scan. Filters on attributes are free. */
    readonly bodyFilterGigabyte: number;
    /** A delivery by protocol. Those to queues and functions are free. */
    readonly delivery: Readonly<Record<string, number>>;
  };
  readonly sqs: {
    /** A request; each 64 KB of its messages is one. */
    readonly standardRequest: number;
    readonly fifoRequest: number;
  };
  readonly lambda: {
    readonly request: number;
    readonly x86GigabyteSecond: number;
    readonly armGigabyteSecond: number;
  };
  readonly logs: { readonly ingestedGigabyte: number; readonly storedGigabyteMonth: number };
  readonly kms: { readonly keyMonth: number; readonly request: number };
  /** Of an alarm on one metric, a month. */
  readonly alarmMonth: number;
};

/** When AWS published them. */
export const pricesDate = "October 2026";

/** Where AWS publishes them. */
export const pricePages = [
  "https://aws.amazon.com/sns/pricing/",
  "https://aws.amazon.com/sqs/pricing/",
  "https://aws.amazon.com/lambda/pricing/",
  "https://aws.amazon.com/cloudwatch/pricing/",
  "https://aws.amazon.com/kms/pricing/",
] as const;

/** Requests and messages are priced by the million. */
const million = 1e6;

const usEast1: Prices = {
  sns: {
    standardRequest: 0.5 / million,
    fifoMessage: 0.3 / million,
    fifoGigabyte: 0.017,
    fifoSubscriptionMessage: 0.01 / million,
    fifoSubscriptionGigabyte: 0.001,
    bodyFilterGigabyte: 0.09,
    delivery: {
      http: 0.6 / million,
      https: 0.6 / million,
      email: 2 / 100_000,
      "email-json": 2 / 100_000,
      firehose: 0.19 / million,
      application: 0.5 / million,
    },
  },
  sqs: { standardRequest: 0.4 / million, fifoRequest: 0.5 / million },
  lambda: {
    request: 0.2 / million,
    x86GigabyteSecond: 0.0000166667,
    armGigabyteSecond: 0.0000133334,
  },
  logs: { ingestedGigabyte: 0.5, storedGigabyteMonth: 0.03 },
  kms: { keyMonth: 1, request: 0.03 / 10_000 },
  alarmMonth: 0.1,
};

/** The same, but for CloudWatch Logs. */
export const pricesByRegion: Readonly<Record<string, Prices>> = {
  "us-east-1": usEast1,
  "eu-west-1": { ...usEast1, logs: { ingestedGigabyte: 0.57, storedGigabyteMonth: 0.03 } },
  "eu-central-1": { ...usEast1, logs: { ingestedGigabyte: 0.63, storedGigabyteMonth: 0.0324 } },
};
