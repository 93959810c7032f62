import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { didYouMean } from "./components/validation/nearest.ts";
import { show } from "./components/validation/problem.ts";

const project = "fanout";

/** What a stack decides; `Pulumi.yaml` describes each setting. */
export type Settings = v.InferOutput<ReturnType<typeof schema>> & {
  /** Region of the AWS provider; undefined when its environment decides. */
  readonly region: string | undefined;
};

/**
 * Reads the stack's settings: the only place that does.
 *
 * @param systems the names that `fanout:systems` may hold
 * @throws RunError naming each setting that is wrong, by its path
 */
export function readSettings(systems: readonly string[]): Settings {
  const given = givenSettings();
  const result = v.safeParse(schema(systems), given);
  const problems = [
    ...Object.keys(given).flatMap(unknownSetting),
    ...(result.issues ?? []).map(describe),
  ];
  if (!result.success || problems.length > 0) throw new pulumi.RunError(problems.join("\n"));
  return { ...result.output, region: new pulumi.Config("aws").get("region") };
}

/** The defaults are those of Pulumi.yaml, for whoever runs the program without the CLI, which applies them. */
function schema(systems: readonly string[]) {
  const system = v.picklist(systems, (issue) => {
    const near = typeof issue.input === "string" ? didYouMean(issue.input, systems) : "";
    return `is not a system; there are ${systems.join(", ")}${near}`;
  });
  const someSystems = v.pipe(
    v.array(system, "must be a list"),
    v.nonEmpty("is empty; name at least one"),
    v.checkItems((name, index, all) => all.indexOf(name) === index, "is there twice"),
  );
  return v.object({
    /** Which systems are deployed. */
    systems: v.optional(someSystems, ["uploads", "orders"]),
    /** How long functions' logs are kept, in days: one of CloudWatch's values. */
    logRetentionDays: v.optional(wholeNumber(1, 3653), 14),
    /** Concurrent invocations for each standard queue. */
    maxConcurrency: v.optional(wholeNumber(2, 1000), 10),
    /** Refuse to delete buckets and tables. */
    protect: v.optional(flag, false),
    /** Let a destroy delete buckets that still hold objects. */
    forceDestroy: v.optional(flag, false),
    /** The address that e-mails come from. */
    sender: v.optional(email, "orders@example.com"),
    /** The address that `system-alerts` writes to. Its owner has to confirm the subscription. */
    alertEmail: v.optional(email, "alerts@example.com"),
    /** The phone that `system-alerts` sends texts to. */
    alertPhone: v.optional(
      v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/, "must be a phone number like +12025550123")),
      "+12025550123",
    ),
    /** Alarms on every topic, its queues and functions, told to a topic of their own. */
    alarms: v.optional(flag, false),
    /** The address that alarms are mailed to. Its owner has to confirm the subscription. */
    alarmEmail: v.optional(email),
    /** A page in CloudWatch for each topic. */
    dashboards: v.optional(flag, false),
    /** Let SNS log the deliveries that fail. */
    deliveryLogging: v.optional(flag, false),
    /** Send traces to X-Ray. An account has room for five traced topics in a region. */
    tracing: v.optional(flag, false),
    /** Pieces of each sample article in a new inventory; 0 for none. */
    initialStock: v.optional(wholeNumber(0, 1_000_000), 0),
  });
}

const flag = v.boolean("must be true or false");
const email = v.pipe(v.string(), v.email("must be an e-mail address"));

function wholeNumber(min: number, max: number) {
  const words = `must be a whole number from ${min} to ${max}`;
  return v.pipe(v.number(words), v.integer(words), v.minValue(min, words), v.maxValue(max, words));
}

const names = Object.keys(schema([]).entries);

function unknownSetting(name: string): string[] {
  return names.includes(name)
    ? []
    : [
        `${project}:${name} is not a setting; there are ${names.join(", ")}${didYouMean(name, names)}`,
      ];
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `${project}:${v.getDotPath(issue)} ${issue.message} (given ${show(issue.input)})`;
}

/** Pulumi keeps every setting as a text, and what is not a text as its JSON. */
function givenSettings(): Record<string, unknown> {
  const own = Object.entries(pulumi.runtime.allConfig()).filter(([key]) =>
    key.startsWith(`${project}:`),
  );
  return Object.fromEntries(
    own.map(([key, value]) => [key.slice(project.length + 1), parse(value)]),
  );
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return text; // Plain texts are not quoted, and so are no JSON.
  }
}
