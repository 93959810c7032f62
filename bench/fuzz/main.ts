import { AsyncLocalStorage } from "node:async_hooks";
import { Readable } from "node:stream";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { onEmptyCloud } from "../emptyCloud.ts";
import { type FuzzedOperation, fuzzedOperations } from "./clients.ts";
import { mutate } from "./mutations.ts";
import { Random } from "./random.ts";
import { Values } from "./values.ts";

const usage = `npm run bench:fuzz [-- options]

Sends random requests of every operation whose SDK is installed to "fanout start --empty": right in type and random
in value, and a third of them damaged before they are signed. The cloud must answer each of them, and none with an
internal error.

  --minutes N      how long (10)
  --seed N         repeats the choices of an earlier run (random); what is answered meanwhile may differ
  --only TEXT      operations whose names hold TEXT, such as SQS. or SNS.Publish`;

/** The longest that an answer may take, in milliseconds. */
const patience = 30_000;

/** Requests of one lane after which what the fuzzer names is created again: meanwhile it may be deleted. */
const createEvery = 100;

const undamaged = "not damaged";

/** Requests that are under way at once. */
const lanes = 4;

/** Something that a local cloud must never do, with the request that makes it. */
type Finding = {
  readonly operation: string;
  readonly what: string;
  readonly input: string;
  readonly mutation: string;
};

/** `npm run bench:fuzz`. Ends with 1 if there is a finding. */
async function main(): Promise<number> {
  const { values } = parseArgs({
    options: {
      minutes: { type: "string", default: "10" },
      seed: { type: "string", default: String(Math.floor(Math.random() * 2 ** 31)) },
      only: { type: "string", default: "" },
      help: { type: "boolean", default: false },
    },
  });
  if (values.help) {
    console.log(usage);
    return 0;
  }
  console.log(`seed ${values.seed}, ${values.minutes} minutes`);
  const until = Date.now() + Number(values.minutes) * 60_000;
  const findings = await onEmptyCloud(["--speed", "20"], (endpoint) =>
    fuzz(endpoint, { random: new Random(Number(values.seed)), only: values.only, until }),
  );
  console.log(`\n${findings} findings`);
  return findings > 0 ? 1 : 0;
}

function show({ operation, what, input, mutation }: Finding): void {
  console.log(`\n${operation}: ${what}\n  ${input}\n  ${mutation}\n`);
}

type FuzzOptions = { readonly random: Random; readonly only: string; readonly until: number };

/** Shows each finding as it is made. @returns how many there are */
async function fuzz(endpoint: string, { random, only, until }: FuzzOptions): Promise<number> {
  const values = new Values(random);
  const call = new AsyncLocalStorage<{ mutation: string }>();
  const operations = fuzzedOperations(endpoint, (request) => {
    const current = call.getStore();
    if (current && random.chance(1 / 3)) current.mutation = mutate(request, random);
  }).filter(({ name }) => name.includes(only));
  if (operations.length === 0) throw new Error(`no operation is named like ${only}`);
  const findings = new Set<string>();
  const unsupported = new Set<FuzzedOperation>();
  const counts = { answered: 0, refused: 0 };
  const lane = async () => {
    for (let sent = 0; Date.now() < until; sent++) {
      if (sent % createEvery === 0) await createSome(operations, values);
      await attempt(random.pick(operations.filter((each) => !unsupported.has(each))));
    }
  };
  const attempt = async (operation: FuzzedOperation) => {
    const input = values.of(operation.input);
    const current = { mutation: undamaged };
    const what = await call.run(current, () => outcomeOf(operation, input, values));
    counts[what === "answered" ? "answered" : "refused"] += 1;
    if (what === "not supported" && current.mutation === undamaged) unsupported.add(operation);
    if (["answered", "refused", "not supported"].includes(what)) return;
    const key = `${operation.name}: ${what}`;
    if (findings.has(key)) return;
    findings.add(key);
    show({
      operation: operation.name,
      what,
      input: JSON.stringify(input).slice(0, 1500),
      mutation: current.mutation.slice(0, 1500),
    });
  };
  const report = setInterval(() => {
    console.log(
      `${counts.answered} answered, ${counts.refused} refused, ${findings.size} findings`,
    );
  }, 30_000);
  await Promise.all(Array.from({ length: lanes }, lane));
  clearInterval(report);
  const served = operations.length - unsupported.size;
  console.log(`${served} operations: ${counts.answered} answered, ${counts.refused} refused`);
  return findings.size;
}

/** Something to name in requests, without which nearly all of them concern nothing that exists. */
async function createSome(operations: readonly FuzzedOperation[], values: Values): Promise<void> {
  const inputs: Readonly<Record<string, readonly object[]>> = {
    "SQS.CreateQueue": [
      { QueueName: "fuzz" },
      { QueueName: "fuzz.fifo", Attributes: { FifoQueue: "true" } },
    ],
    "SNS.CreateTopic": [
      { Name: "fuzz" },
      { Name: "fuzz.fifo", Attributes: { FifoTopic: "true", ContentBasedDeduplication: "true" } },
    ],
    "S3.CreateBucket": [{ Bucket: "fuzz" }],
    "S3.PutObject": [{ Bucket: "fuzz", Key: "a/b", Body: "fuzz" }],
    "DynamoDB.CreateTable": [
      {
        TableName: "fuzz",
        BillingMode: "PAY_PER_REQUEST",
        KeySchema: [{ AttributeName: "id", KeyType: "HASH" }],
        AttributeDefinitions: [{ AttributeName: "id", AttributeType: "S" }],
        StreamSpecification: { StreamEnabled: true, StreamViewType: "NEW_AND_OLD_IMAGES" },
      },
    ],
  };
  for (const operation of operations) {
    for (const input of inputs[operation.name] ?? []) {
      values.remember(input);
      await outcomeOf(operation, input, values);
    }
  }
}

/** @returns `answered`, `refused` as AWS might, `not supported`, or what is wrong */
async function outcomeOf(
  operation: FuzzedOperation,
  input: unknown,
  values: Values,
): Promise<string> {
  const patienceEnds = new AbortController();
  const answer = operation.call(input, patienceEnds.signal).then(
    (output) => {
      values.remember(output);
      dropStreams(output);
      return "answered";
    },
    (error: unknown) => verdictOn(error),
  );
  const waiting = new AbortController();
  const late = delay(patience, "no answer within 30 s", { signal: waiting.signal }).catch(
    () => "answered",
  );
  const outcome = await Promise.race([answer, late]);
  waiting.abort();
  patienceEnds.abort();
  return outcome;
}

/** A body whose checksum is wrong, as it is after a damaged request, is an error of the SDK's stream alone. */
function dropStreams(output: unknown): void {
  if (typeof output !== "object" || output === null) return;
  for (const member of Object.values(output)) {
    if (member instanceof Readable) member.on("error", () => {}).resume();
  }
}

function verdictOn(error: unknown): string {
  const { name = "", message = "", code, $metadata } = asServiceError(error);
  const status = $metadata?.httpStatusCode;
  if (code === "ECONNREFUSED") return "the local cloud is gone";
  if (status === 501) return "not supported";
  if (/^Internal/.test(name) || status === 500) return `${name}: ${message}`;
  // What the SDK refuses to send, or cannot read, is not the cloud's answer.
  return "refused";
}

type ServiceError = {
  readonly name?: string;
  readonly message?: string;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
};

function asServiceError(error: unknown): ServiceError {
  return error instanceof Error ? error : { message: String(error) };
}

process.exitCode = await main();
