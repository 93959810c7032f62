import * as v from "valibot";
import { AwsError, notSupported } from "../../protocol/awsError.ts";

const retrier = v.object({
  ErrorEquals: v.array(v.string()),
  IntervalSeconds: v.optional(v.number(), 1),
  MaxAttempts: v.optional(v.number(), 3),
  BackoffRate: v.optional(v.number(), 2),
  MaxDelaySeconds: v.optional(v.number()),
});

const catcher = v.object({
  ErrorEquals: v.array(v.string()),
  Next: v.string(),
  ResultPath: v.optional(v.nullable(v.string())),
});

const path = v.optional(v.nullable(v.string()));

/** What most states share. */
const common = {
  Comment: v.optional(v.string()),
  Next: v.optional(v.string()),
  End: v.optional(v.boolean()),
  InputPath: path,
  OutputPath: path,
};

const withResult = { ResultPath: path, Parameters: v.optional(v.unknown()) };

const working = {
  ...common,
  ...withResult,
  ResultSelector: v.optional(v.unknown()),
  Retry: v.optional(v.array(retrier), []),
  Catch: v.optional(v.array(catcher), []),
};

type Rule = Readonly<Record<string, unknown>>;

const rule: v.GenericSchema<Rule> = v.looseObject({});

/** https://states-language.net/spec.html */
const state = v.variant("Type", [
  v.object({ Type: v.literal("Pass"), ...common, ...withResult, Result: v.optional(v.unknown()) }),
  v.object({
    Type: v.literal("Task"),
    ...working,
    Resource: v.string(),
    TimeoutSeconds: v.optional(v.number()),
  }),
  v.object({
    Type: v.literal("Choice"),
    ...common,
    Choices: v.array(rule),
    Default: v.optional(v.string()),
  }),
  v.object({
    Type: v.literal("Wait"),
    ...common,
    Seconds: v.optional(v.number()),
    SecondsPath: v.optional(v.string()),
    Timestamp: v.optional(v.string()),
    TimestampPath: v.optional(v.string()),
  }),
  v.object({ Type: v.literal("Succeed"), ...common }),
  v.object({
    Type: v.literal("Fail"),
    Comment: v.optional(v.string()),
    Error: v.optional(v.string()),
    Cause: v.optional(v.string()),
  }),
  v.object({ Type: v.literal("Parallel"), ...working, Branches: v.array(v.unknown()) }),
  v.object({
    Type: v.literal("Map"),
    ...working,
    ItemsPath: v.optional(v.string(), "$"),
    ItemSelector: v.optional(v.unknown()),
    MaxConcurrency: v.optional(v.number(), 0),
    Iterator: v.optional(v.unknown()),
    ItemProcessor: v.optional(v.unknown()),
  }),
]);

const machine = v.object({
  Comment: v.optional(v.string()),
  StartAt: v.string(),
  States: v.record(v.string(), v.unknown()),
  TimeoutSeconds: v.optional(v.number()),
});

export type State = v.InferOutput<typeof state>;
export type TaskState = Extract<State, { Type: "Task" }>;
export type Retrier = v.InferOutput<typeof retrier>;

/** A state machine, or a part of one: a branch, or what is done with each item. */
export type Machine = {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
};

/**
 * Reads a definition in the Amazon States Language.
 *
 * @throws AwsError InvalidDefinition with the place of the problem; NotImplemented for JSONata, distributed
 *   maps and tasks that the local cloud cannot do
 */
export function readDefinition(text: string): Machine {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${error}`);
  }
  return readMachine(document, "");
}

/** @param place where it is, for messages: `/States/Each/ItemProcessor` */
export function readMachine(document: unknown, place: string): Machine {
  if (/"QueryLanguage"\s*:\s*"JSONata"/.test(JSON.stringify(document) ?? "")) {
    throw notSupported("JSONata in a state machine");
  }
  const { StartAt: startAt, States } = parsed(machine, document, place);
  const states = new Map(
    Object.entries(States).map(([name, each]) => {
      const at = `${place}/States/${name}`;
      const read = parsed(state, each, at);
      checkState(read, at);
      return [name, read];
    }),
  );
  const targets = [startAt, ...[...states.values()].flatMap(targetsOf)];
  const missing = targets.find((name) => !states.has(name));
  if (missing !== undefined) {
    throw invalid(`MISSING_TRANSITION_TARGET: Missing 'Next' target: ${missing} at ${place || "/"}`);
  }
  return { startAt, states };
}

function checkState(read: State, place: string): void {
  if (read.Type === "Task") checkResource(read.Resource);
  if (read.Type === "Parallel") {
    for (const [index, branch] of read.Branches.entries()) {
      readMachine(branch, `${place}/Branches[${index}]`);
    }
  }
  if (read.Type === "Map") readMachine(itemProcessorOf(read), `${place}/ItemProcessor`);
}

export function itemProcessorOf(map: Extract<State, { Type: "Map" }>): unknown {
  const processor = map.ItemProcessor ?? map.Iterator;
  if (/"Mode"\s*:\s*"DISTRIBUTED"/.test(JSON.stringify(processor) ?? "")) {
    throw notSupported("a distributed map in a state machine");
  }
  return processor;
}

/** Tasks by the part of their resource after `arn:aws:states:::`. */
export const integrations = ["lambda:invoke", "sqs:sendMessage", "sns:publish", "events:putEvents"];

function checkResource(resource: string): void {
  if (/^arn:aws[\w-]*:lambda:/.test(resource)) return;
  const name = resource.replace(/^arn:aws[\w-]*:states:::/, "");
  if (integrations.includes(name)) return;
  throw notSupported(
    `the task "${resource}" of a state machine (it runs functions, and ${integrations.join(", ")})`,
  );
}

function targetsOf(read: State): string[] {
  const next = "Next" in read && read.Next !== undefined ? [read.Next] : [];
  const caught = "Catch" in read ? read.Catch.map(({ Next }) => Next) : [];
  if (read.Type !== "Choice") return [...next, ...caught];
  const chosen = read.Choices.flatMap(({ Next }) => (typeof Next === "string" ? [Next] : []));
  return [...chosen, ...(read.Default === undefined ? [] : [read.Default])];
}

function parsed<S extends v.GenericSchema>(
  schema: S,
  value: unknown,
  place: string,
): v.InferOutput<S> {
  const result = v.safeParse(schema, value);
  if (result.success) return result.output;
  const [issue] = result.issues;
  const where = [place, v.getDotPath(issue)].filter(Boolean).join("/");
  throw invalid(`SCHEMA_VALIDATION_FAILED: ${issue.message} at ${where || "/"}`);
}

function invalid(problem: string): AwsError {
  return new AwsError("InvalidDefinition", `Invalid State Machine Definition: '${problem}'`);
}
