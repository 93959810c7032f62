import { AwsError } from "../../protocol/awsError.ts";
import { memberAt } from "../../protocol/memberAt.ts";
import type { BusEvent, InputTransformer, Rule } from "./rule.ts";

/** https://docs.aws.amazon.com/eventbridge/latest/APIReference/API_InputTransformer.html */
const mostVariables = 100;
const longestTemplate = 8192;

/** @throws AwsError ValidationException for what PutTargets would refuse */
export function checkTransformer({ paths, template }: InputTransformer): void {
  const names = Object.keys(paths);
  const reserved = names.find((name) => /^aws/i.test(name));
  if (names.length > mostVariables || reserved !== undefined) {
    throw invalid(
      `at most ${mostVariables} variables, whose names do not begin with AWS (given ${reserved ?? names.length})`,
    );
  }
  if (template === "" || template.length > longestTemplate) {
    throw invalid(`a template of 1 to ${longestTemplate} characters`);
  }
  const unknown = variablesIn(template).find(
    (name) => !names.includes(name) && !/^aws\.events\./.test(name),
  );
  if (unknown !== undefined) throw invalid(`the variable <${unknown}>, which no path is for`);
}

/**
 * The template with the variables' values: as JSON, or inside a string of the template as text. A variable
 * whose path is not in the event is replaced by nothing.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformed(
  { paths, template }: InputTransformer,
  rule: Rule,
  event: BusEvent,
): string {
  const values: Record<string, unknown> = {
    ...Object.fromEntries(Object.entries(paths).map(([name, path]) => [name, at(event, path)])),
    "aws.events.rule-arn": rule.arn,
    "aws.events.rule-name": rule.name,
    "aws.events.event.ingestion-time": event.time,
    "aws.events.event": event,
    "aws.events.event.json": event,
  };
  let isInString = false;
  return template.replace(/\\.|"|<([\w.-]+)>/gs, (token, name: string | undefined) => {
    if (token === '"') isInString = !isInString;
    if (name === undefined || !Object.hasOwn(values, name)) return token;
    return isInString ? textOf(values[name]) : jsonOf(values[name]);
  });
}

/** @param path `$.detail.order`, `$.detail.lines[0]` */
export function at(value: unknown, path: string): unknown {
  const names = [...path.replace(/^\$/, "").matchAll(/\.?([^.[\]]+)|\[(\d+)\]/g)];
  return memberAt(
    value,
    names.map(([, name, index]) => name ?? index ?? ""),
  );
}

function variablesIn(template: string): string[] {
  return [...template.matchAll(/<([\w.-]+)>/g)].flatMap(([, name]) => name ?? []);
}

function jsonOf(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value);
}

/** As a part of a JSON string. */
function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : jsonOf(value);
  return JSON.stringify(text).slice(1, -1);
}

function invalid(reason: string): AwsError {
  return new AwsError("ValidationException", `Invalid InputTransformer for target: ${reason}.`);
}
