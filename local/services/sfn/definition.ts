import * as v from "valibot";
import { AwsError, notSupported } from "../../protocol/awsError.ts";
import { checkInvocation } from "./tasks.ts";

const comment = v.optional(v.string());

const retrier = v.strictObject({
  Comment: comment,
  ErrorEquals: v.array(v.string()),
  IntervalSeconds: v.optional(v.number(), 1),
  MaxAttempts: v.optional(v.number(), 3),
  BackoffRate: v.optional(v.number(), 2),
  MaxDelaySeconds: v.optional(v.number()),
});

const catcher = v.strictObject({
  Comment: comment,
  ErrorEquals: v.array(v.string()),
  Next: v.string(),
  ResultPath: v.optional(v.nullable(v.string())),
});

const path = v.optional(v.nullable(v.string()));

const queryLanguage = v.optional(v.literal("JSONPath"));

/** What most states share. */
const common = {
  Comment: comment,
  QueryLanguage: queryLanguage,
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
  v.strictObject({
    Type: v.literal("Pass"),
    ...common,
    ...withResult,
    Result: v.optional(v.unknown()),
  }),
  v.strictObject({
    Type: v.literal("Task"),
    ...working,
    Resource: v.string(),
    TimeoutSeconds: v.optional(v.number()),
  }),
  v.strictObject({
    Type: v.literal("Choice"),
    ...common,
    Choices: v.array(rule),
    Default: v.optional(v.string()),
  }),
  v.strictObject({
    Type: v.literal("Wait"),
    ...common,
    Seconds: v.optional(v.number()),
    SecondsPath: v.optional(v.string()),
    Timestamp: v.optional(v.string()),
    TimestampPath: v.optional(v.string()),
  }),
  v.strictObject({ Type: v.literal("Succeed"), ...common }),
  v.strictObject({
    Type: v.literal("Fail"),
    Comment: comment,
    QueryLanguage: queryLanguage,
    Error: v.optional(v.string()),
    Cause: v.optional(v.string()),
  }),
  v.strictObject({ Type: v.literal("Parallel"), ...working, Branches: v.array(v.unknown()) }),
  v.strictObject({
    Type: v.literal("Map"),
    ...working,
    ItemsPath: v.optional(v.string(), "$"),
    ItemSelector: v.optional(v.unknown()),
    MaxConcurrency: v.optional(v.number(), 0),
    Iterator: v.optional(v.unknown()),
    ItemProcessor: v.optional(v.unknown()),
  }),
]);

const part = {
  Comment: comment,
  StartAt: v.string(),
  States: v.record(v.string(), v.unknown()),
};

const schemas = {
  machine: v.strictObject({
    ...part,
    QueryLanguage: queryLanguage,
    Version: v.optional(v.literal("1.0")),
    TimeoutSeconds: v.optional(v.pipe(v.number(), v.integer(), v.minValue(1))),
  }),
  branch: v.strictObject(part),
  processor: v.strictObject({
    ...part,
    ProcessorConfig: v.optional(v.strictObject({ Mode: v.optional(v.literal("INLINE")) })),
  }),
};

export type State = v.InferOutput<typeof state>;
export type TaskState = Extract<State, { Type: "Task" }>;
export type Retrier = v.InferOutput<typeof retrier>;

/** States of which one is the first: of a state machine, of a branch, or of what is done with each item. */
export type States = {
  readonly startAt: string;
  readonly states: ReadonlyMap<string, State>;
};

export type Machine = States & {
  /** How long an execution may run. @default for ever */
  readonly timeoutSeconds: number | undefined;
};

/**
 * Reads a definition in the Amazon States Language.
 *
 * @throws AwsError InvalidDefinition with the place of the problem; NotImplemented for JSONata, distributed
 *   maps, and the fields and tasks that the local cloud does not know
 */
export function readDefinition(text: string): Machine {
  let document: unknown;
  try {
    document = JSON.parse(text);
  } catch (error) {
    throw invalid(`INVALID_JSON_DESCRIPTION: ${error}`);
  }
  const read = parsed(schemas.machine, document, "");
  return { ...statesOf(read, ""), timeoutSeconds: read.TimeoutSeconds };
}

/** @param place where it is, for messages: `/States/Both/Branches[0]` */
export function readBranch(document: unknown, place: string): States {
  return statesOf(parsed(schemas.branch, document, place), place);
}

/** @param place of the state, for messages: `/States/Each` */
export function readProcessor(map: Extract<State, { Type: "Map" }>, place: string): States {
  const name = map.ItemProcessor === undefined ? "Iterator" : "ItemProcessor";
  const at = `${place}/${name}`;
  return statesOf(parsed(schemas.processor, map[name], at), at);
}

function statesOf(
  { StartAt: startAt, States }: v.InferOutput<typeof schemas.branch>,
  place: string,
): States {
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
    throw invalid(
      `MISSING_TRANSITION_TARGET: Missing 'Next' target: ${missing} at ${place || "/"}`,
    );
  }
  return { startAt, states };
}

function checkState(read: State, place: string): void {
  if (read.Type === "Task") checkTask(read);
  if (read.Type === "Parallel") {
    for (const [index, branch] of read.Branches.entries()) {
      readBranch(branch, `${place}/Branches[${index}]`);
    }
  }
  if (read.Type === "Map") readProcessor(read, place);
}

/** Tasks by the part of their resource after `arn:aws:states:::`. */
const integrations = ["lambda:invoke", "sqs:sendMessage", "sns:publish", "events:putEvents"];

function checkTask({ Resource: resource, Parameters }: TaskState): void {
  if (/^arn:aws[\w-]*:lambda:/.test(resource)) return;
  const name = resource.replace(/^arn:aws[\w-]*:states:::/, "");
  if (name === "lambda:invoke") checkInvocation(literalsIn(Parameters));
  if (integrations.includes(name)) return;
  throw notSupported(
    `the task "${resource}" of a state machine (it runs functions, and ${integrations.join(", ")})`,
  );
}

/** The members of a template; undefined are those that only an execution knows. */
function literalsIn(template: unknown): Readonly<Record<string, unknown>> {
  return Object.fromEntries(
    Object.entries(template ?? {}).map(([name, value]) =>
      name.endsWith(".$") ? [name.slice(0, -2), undefined] : [name, value],
    ),
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
  const path = v.getDotPath(issue)?.replaceAll(".", "/");
  const where = path === null || path === undefined ? place || "/" : `${place}/${path}`;
  // No field, or no other value of it, that is known here.
  if (issue.type === "strict_object" && issue.expected === "never") {
    throw notSupported(`the field ${where} of a state machine`);
  }
  if (issue.type === "literal") {
    throw notSupported(`${issue.received} as ${where} of a state machine`);
  }
  throw invalid(`SCHEMA_VALIDATION_FAILED: ${issue.message} at ${where}`);
}

function invalid(problem: string): AwsError {
  return new AwsError("InvalidDefinition", `Invalid State Machine Definition: '${problem}'`);
}
