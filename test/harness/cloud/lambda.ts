import type { Authorize } from "../../../local/protocol/access.ts";
import { AwsError } from "../../../local/protocol/awsError.ts";
import { unzip } from "../../../local/provider/assets/zip.ts";
import type { FunctionDefinition } from "../../../local/services/lambda/definition.ts";
import { Functions, type FunctionsOptions } from "../../../local/services/lambda/functions.ts";
import type { InvocationResult } from "../../../local/services/lambda/interface.ts";
import type { NewObject } from "../../../local/services/s3/interface.ts";
import type { Publication } from "../../../local/services/sns/interface.ts";
import type { NewMessage } from "../../../local/services/sqs/interface.ts";
import { openStore } from "../../../local/storage/store.ts";
import { Activity } from "../../../local/time/activity.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { Trace } from "../../../local/trace/trace.ts";
import { untimed } from "./handlerTimers.ts";

export const roleArn = "arn:aws:iam::000000000000:role/worker";

export const allowEverything: Authorize = () => ({ allowed: true });

export type LambdaOptions = Partial<
  Pick<
    FunctionsOptions,
    | "store"
    | "activity"
    | "trace"
    | "authorize"
    | "machineLimit"
    | "queues"
    | "buses"
    | "objects"
    | "handlerTimer"
  >
> & { readonly clock?: ManualClock };

/**
 * Lambda with a clock that the test drives, without timeouts of handlers unless the test brings a timer,
 * and with queues, topics and buckets that only write down what they get.
 */
export function startLambda(options: LambdaOptions = {}) {
  const { activity = new Activity() } = options;
  const { clock = new ManualClock(() => activity.idle()) } = options;
  const { trace = new Trace(clock) } = options;
  const sent: { queueArn: string; message: NewMessage }[] = [];
  const published: { topicArn: string; publication: Publication }[] = [];
  const stored: NewObject[] = [];
  let log = "";
  const functions = new Functions({
    store: openStore(),
    clock,
    activity,
    trace,
    region: "eu-west-1",
    authorize: allowEverything,
    endpoint: () => "http://127.0.0.1:4566",
    credentials: (arn) => ({
      accessKeyId: "ASIA0000",
      secretAccessKey: `secret of ${arn}`,
      sessionToken: "token",
    }),
    queues: {
      send(queueArn, message) {
        sent.push({ queueArn, message });
        return { messageId: `message-${sent.length}`, md5OfBody: "" };
      },
    },
    topics: {
      publish(topicArn, publication) {
        published.push({ topicArn, publication });
        return { messageId: `published-${published.length}` };
      },
    },
    buses: () => ({
      putOn: (arn) => {
        const message = `Event bus ${arn.split("/")[1]} does not exist.`;
        throw new AwsError("ResourceNotFoundException", message);
      },
    }),
    objects: () => ({
      writeObject(object) {
        stored.push(object);
      },
    }),
    onLog: (entry) => {
      log += entry.text;
    },
    handlerTimer: untimed,
    ...options,
  });
  return { functions, activity, clock, trace, sent, published, stored, log: () => log };
}

/** A function with one file, `index.mjs`, that exports `handler`. */
export function functionOf(
  source: string,
  changes: Partial<FunctionDefinition> = {},
): FunctionDefinition {
  return {
    name: "worker",
    handler: "index.handler",
    files: { "index.mjs": source },
    runtime: "nodejs24.x",
    roleArn,
    ...changes,
  };
}

/** What the handler returned. Throws when the invocation did not succeed. */
export function payloadOf(result: InvocationResult): unknown {
  if (result.outcome === "succeeded") return JSON.parse(result.payload);
  throw new Error(`The invocation ${result.outcome}: ${JSON.stringify(result)}`);
}

/** The error document of a failed invocation. Throws when it did not fail. */
export function errorOf(result: InvocationResult) {
  if (result.outcome === "failed") return result.error;
  throw new Error(`The invocation ${result.outcome}: ${JSON.stringify(result)}`);
}

/** What Lambda's API needs besides functions and mappings: no objects, and every role may be assumed. */
export const apiSurroundings = {
  region: "eu-west-1",
  openStreams: async () => {},
  readObject: (bucket: string): Buffer => {
    throw new Error(`there is no bucket ${bucket}`);
  },
  unzip: async (bytes: Buffer) =>
    bytes.subarray(0, 2).toString() === "PK" ? unzip(bytes, "the code") : undefined,
  assume: () => ({ allowed: true }) as const,
};
