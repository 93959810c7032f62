import type { Hop } from "../../trace/hop.ts";
import type { TestFaults } from "./faults.ts";
import type {
  DeadLetter,
  Delivery,
  Invocation,
  QueueMessage,
  SentMessage,
} from "./observations.ts";

/**
 * A Pulumi program on a local cloud whose clock stands still until the test moves it.
 *
 * Queues and functions are named by their name, ARN or URL; an unknown one is an error that lists the known ones.
 */
export type TestCloud<Outputs = Readonly<Record<string, unknown>>> = {
  /** The endpoint of every AWS service: `http://127.0.0.1:40123`. */
  readonly endpoint: string;
  readonly region: string;
  /** The stack's outputs, all known; secrets in plain. */
  readonly outputs: Outputs;
  /** Variables for code under test that makes its own clients: `AWS_ENDPOINT_URL`, `AWS_REGION` and credentials. */
  readonly environment: Readonly<Record<string, string>>;
  readonly clock: TestClock;
  readonly faults: TestFaults;

  /**
   * A client of the AWS SDK for JavaScript v3 for this cloud, such as `client(SQSClient)`; always the same one for
   * the same class. It is destroyed with the cloud.
   */
  client<Client extends AwsClient>(clientClass: ClientClass<Client>): Client;

  /** Resolves when nothing is under way: what is left happens only as time passes. */
  settled(): Promise<void>;

  /**
   * Every hop of every message, oldest first: the latest 10,000 at least.
   *
   * @param event only those of this event: a publication's message id, or that of a message sent to a queue
   */
  hops(event?: string): readonly Hop[];
  /** Calls and deliveries that a permission or a fault denied. */
  denials(): readonly Denied[];
  /** What became of a message at each subscriber of its topics, and at each queue that it entered. */
  deliveries(event: string): readonly Delivery[];
  /** What became of a message at one subscriber. @throws Error when it has no such subscriber */
  delivery(event: string, subscriber: string): Delivery;
  /** The latest runs of a function, or of all, oldest first; 1,000 at most. */
  invocations(functionName?: string): readonly Invocation[];
  /** The messages of a queue in the order of their entry; 10,000 at most. They are not received. */
  messages(queue: string): readonly QueueMessage[];
  /** The messages of all dead-letter queues, or of one. */
  deadLetters(queue?: string): readonly DeadLetter[];
  /** E-mails and text messages, oldest first. */
  sent(): readonly SentMessage[];

  /** Keeps everything as it is once the cloud has settled: messages, objects, items, functions, and the time. */
  snapshot(): Promise<Snapshot>;
  /**
   * Ends what runs, and brings the cloud to a snapshot: what happened since is forgotten, faults are removed, handlers
   * start anew. Endpoint and clients stay.
   *
   * @param snapshot of this cloud. @default the moment when the program had run
   */
  reset(snapshot?: Snapshot): Promise<void>;
  /**
   * Runs the program again after it has changed, and brings the cloud to what it says now, as `pulumi up` would;
   * messages and objects stay.
   *
   * @throws Error with what `pulumi up` would print; the cloud keeps what it had
   */
  update(): Promise<void>;
  /** Ends handlers, clients and the endpoint. Calling it twice is harmless. */
  close(): Promise<void>;
  [Symbol.asyncDispose](): Promise<void>;
};

export type TestClock = {
  /** Cloud time. Handlers see the machine's time. */
  now(): Date;
  /**
   * Lets time pass: whatever falls due happens in its order, each with the work that it starts, before this resolves.
   *
   * @param duration or milliseconds
   * @throws RangeError for one that is negative or not finite
   */
  advance(duration: Duration | number): Promise<void>;
};

/** `{ hours: 6 }`: the sum of its members, each 0 by default. */
export type Duration = {
  readonly days?: number;
  readonly hours?: number;
  readonly minutes?: number;
  readonly seconds?: number;
  readonly milliseconds?: number;
};

/** A hop that a permission, or a fault, prevented. */
export type Denied = Hop & { readonly kind: "denied" | "refused"; readonly reason: string };

/** What a test cloud was at one moment; it can be restored as often as needed. */
export type Snapshot = {
  /** Cloud time. */
  readonly takenAt: Date;
};

/** What every client of the AWS SDK has. */
export type AwsClient = { destroy(): void };

export type ClientClass<Client extends AwsClient> = new (settings: {
  readonly endpoint: string;
  readonly region: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
  /** For S3: the bucket is in the path. */
  readonly forcePathStyle: true;
}) => Client;
