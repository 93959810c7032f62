import { type EventTransformer, transformerProblem } from "../../../aws/eventTransformer.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { memberAt } from "../../protocol/memberAt.ts";
import type { BusEvent, Rule } from "./rule.ts";

/** @throws AwsError ValidationException for what PutTargets would refuse */
export function checkTransformer(transformer: EventTransformer): void {
  const problem = transformerProblem(transformer);
  if (problem === undefined) return;
  throw new AwsError("ValidationException", `Invalid InputTransformer for target: ${problem}.`);
}

/**
 * The template with the variables' values: as JSON, or inside a string of the template as text. A variable
 * whose path is not in the event is replaced by nothing.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-transform-target-input.html
 */
export function transformed(
  { paths, template }: EventTransformer,
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

function jsonOf(value: unknown): string {
  return value === undefined ? "" : JSON.stringify(value);
}

/** As a part of a JSON string. */
function textOf(value: unknown): string {
  const text = typeof value === "string" ? value : jsonOf(value);
  return JSON.stringify(text).slice(1, -1);
}
