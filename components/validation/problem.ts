import * as pulumi from "@pulumi/pulumi";

/** A problem of a component's arguments. */
export type Problem = {
  /** Errors are thrown; warnings are logged. */
  readonly severity: "error" | "warning";
  /** Which part: `consumer "audit"`, `source 1`, or empty for the topic itself. */
  readonly where: string;
  /** What is wrong, the value given, and what to do. */
  readonly text: string;
};

/** `FanoutTopic "orders": 2 problems`, and a line for each. */
export function formatProblems(component: string, problems: readonly Problem[]): string {
  const count = problems.length === 1 ? "1 problem" : `${problems.length} problems`;
  return [
    `${component}: ${count}`,
    ...problems.map((problem) => `  - ${formatProblem(problem)}`),
  ].join("\n");
}

export function formatProblem({ where, text }: Problem): string {
  return where === "" ? text : `${where}: ${text}`;
}

/** A value in a message: JSON, truncated to 80 characters. */
export function show(value: unknown): string {
  const text = plainText(value);
  return text.length > 80 ? `${text.slice(0, 77)}...` : text;
}

/** JSON in which each Output is `an Output`, instead of Pulumi's advice. */
function json(value: unknown): string | undefined {
  return JSON.stringify(value, function (this: Record<string, unknown>, key, inner: unknown) {
    return pulumi.Output.isInstance(this[key]) ? "an Output" : inner;
  });
}

function plainText(value: unknown): string {
  if (typeof value === "function") return "a function";
  if (pulumi.Output.isInstance(value)) return "an Output";
  // JSON knows neither NaN nor Infinity.
  return typeof value === "number" ? String(value) : (json(value) ?? String(value));
}
