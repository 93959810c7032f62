import * as pulumi from "@pulumi/pulumi";
import * as v from "valibot";
import { didYouMean } from "./aws/nearest.ts";
import { show } from "./components/validation/problem.ts";

const project = "fanout";

/** The settings of a stack, which `Pulumi.yaml` describes. */
export type Settings = v.InferOutput<ReturnType<typeof schema>> & {
  /** Region of the AWS provider; undefined if its environment determines it. */
  readonly region: string | undefined;
};

/**
 * Reads the settings of the stack. No other module reads Pulumi's configuration.
 *
 * @param systems the names that `fanout:systems` may contain
 * @throws RunError that names each invalid setting by its path
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

/** The defaults equal those of Pulumi.yaml, which the CLI applies, for runs without the CLI. */
function schema(systems: readonly string[]) {
  const system = v.picklist(systems, (issue) => {
    const near = typeof issue.input === "string" ? didYouMean(issue.input, systems) : "";
    return `is not a system; available: ${systems.join(", ")}${near}`;
  });
  const someSystems = v.pipe(
    v.array(system, "must be a list"),
    v.nonEmpty("is empty; name at least one system"),
    v.checkItems((name, index, all) => all.indexOf(name) === index, "is listed twice"),
  );
  return v.object({
    /** Which systems are deployed. */
    systems: v.optional(someSystems, ["uploads", "orders"]),
    /** Retention of the logs of functions, in days: one of CloudWatch's values. */
    logRetentionDays: v.optional(wholeNumber(1, 3653), 14),
    /** Concurrent invocations for each standard queue. */
    maxConcurrency: v.optional(wholeNumber(2, 1000), 10),
    /** Protect buckets and tables from deletion. */
    protect: v.optional(flag, false),
    /** Let a destroy delete buckets that contain objects. */
    forceDestroy: v.optional(flag, false),
    /** Sender of e-mails. */
    sender: v.optional(email, "orders@example.com"),
    /** Address of `system-alerts`. Its owner has to confirm the subscription. */
    alertEmail: v.optional(email, "alerts@example.com"),
    /** Phone number for the text messages of `system-alerts`. */
    alertPhone: v.optional(
      v.pipe(v.string(), v.regex(/^\+[1-9]\d{6,14}$/, "must be a phone number like +12025550123")),
      "+12025550123",
    ),
    /** Alarms on every topic, its queues and functions, sent to a separate topic. */
    alarms: v.optional(flag, false),
    /** Address for alarms. Its owner has to confirm the subscription. */
    alarmEmail: v.optional(email),
    /** A CloudWatch dashboard for each topic, and one for the whole stack. */
    dashboards: v.optional(flag, false),
    /** Let SNS log failed deliveries. */
    deliveryLogging: v.optional(flag, false),
    /** Send traces to X-Ray, which allows five traced topics in a region. */
    tracing: v.optional(flag, false),
    /** Initial stock of each sample article in a new inventory; 0 for none. */
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
        `${project}:${name} is not a setting; available: ${names.join(", ")}${didYouMean(name, names)}`,
      ];
}

function describe(issue: v.BaseIssue<unknown>): string {
  return `${project}:${v.getDotPath(issue)} ${issue.message} (given ${show(issue.input)})`;
}

/** Pulumi stores every setting as a string; other types as JSON. */
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
    return text; // Strings are not quoted, so they are not JSON.
  }
}
