import * as cloudWatchLogs from "@aws-sdk/client-cloudwatch-logs";
import * as dynamoDb from "@aws-sdk/client-dynamodb";
import * as lambda from "@aws-sdk/client-lambda";
import * as s3 from "@aws-sdk/client-s3";
import * as sns from "@aws-sdk/client-sns";
import * as sqs from "@aws-sdk/client-sqs";
import * as sts from "@aws-sdk/client-sts";
import { NormalizedSchema } from "@smithy/core/schema";
import type { SchemaRef, StaticOperationSchema } from "@smithy/types";
import type { MutableRequest } from "./mutations.ts";

/** Called with each request after its serialization and before its signature. */
export type BeforeSigning = (request: MutableRequest) => void;

export type FuzzedOperation = {
  /** `SQS.SendMessage` */
  readonly name: string;
  readonly input: SchemaRef;
  /** Resolves with the answer, or rejects with the error of the service. */
  readonly call: (input: unknown, signal: AbortSignal) => Promise<unknown>;
};

type Sdk = Readonly<Record<string, unknown>>;

type Settings = {
  readonly endpoint: string;
  readonly region: string;
  readonly maxAttempts: number;
  readonly forcePathStyle?: boolean;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string };
};

/** What all SDK clients have in common. */
type Client = {
  readonly middlewareStack: { add(middleware: unknown, options: object): void };
  send(command: unknown, options: object): Promise<unknown>;
};

/** Random inputs make the SDK warn all the time. */
const silent = { debug() {}, info() {}, warn() {}, error() {} };

const sdks: Readonly<Record<string, Sdk>> = {
  SQS: sqs,
  SNS: sns,
  S3: s3,
  DynamoDB: dynamoDb,
  Lambda: lambda,
  CloudWatchLogs: cloudWatchLogs,
  STS: sts,
};

/** Every operation of the services whose SDK is installed, on an endpoint. */
export function fuzzedOperations(
  endpoint: string,
  beforeSigning: BeforeSigning,
): readonly FuzzedOperation[] {
  const settings = {
    endpoint,
    // Of a local cloud without a stack.
    region: "us-east-1",
    maxAttempts: 1,
    credentials: { accessKeyId: "local", secretAccessKey: "local" },
  };
  return Object.entries(sdks).flatMap(([service, sdk]) =>
    operationsOf(service, sdk, clientOf(service, sdk, settings, beforeSigning)),
  );
}

function clientOf(service: string, sdk: Sdk, settings: Settings, before: BeforeSigning): Client {
  const Constructor = sdk[`${service}Client`];
  if (!isConstructor<Client>(Constructor)) throw new Error(`${service} has no client`);
  const client = new Constructor({
    ...settings,
    logger: silent,
    // Names of buckets are part of the path, as the endpoint has one host.
    ...(service === "S3" && { forcePathStyle: true }),
  });
  const middleware = (next: (args: unknown) => unknown) => (args: { request: MutableRequest }) => {
    before(args.request);
    return next(args);
  };
  client.middlewareStack.add(middleware, { step: "build", name: "mutate", priority: "low" });
  return client;
}

function operationsOf(service: string, sdk: Sdk, client: Client): FuzzedOperation[] {
  return Object.entries(sdk).flatMap(([exported, schema]) => {
    const Command = sdk[`${exported.slice(0, -1)}Command`];
    if (!isOperation(schema) || !isConstructor(Command)) return [];
    return {
      name: `${service}.${schema[2]}`,
      input: NormalizedSchema.of(schema[4]),
      call: (input: unknown, abortSignal: AbortSignal) =>
        client.send(new Command(input), { abortSignal }),
    };
  });
}

/** Operations are lists that begin with a 9. */
function isOperation(schema: unknown): schema is StaticOperationSchema {
  return Array.isArray(schema) && schema[0] === 9;
}

function isConstructor<T>(value: unknown): value is new (input: unknown) => T {
  return typeof value === "function";
}
