import { isObject } from "../../../../aws/filterPolicy/filterPolicy.ts";
import { matchValueProblems } from "../../../../aws/filterPolicy/matchValue.ts";
import { compileTest, type Test } from "../../../../aws/filterPolicy/operators.ts";
import { AwsError } from "../../../protocol/awsError.ts";

/** Whether a message, by its body, goes to the function. */
export type MessageFilter = (body: string) => boolean;

/** A pattern's demands on a JSON value. */
type Matcher = (value: unknown) => boolean;

/** As many filters as an account may have without asking AWS for more. */
const mostFilters = 5;

/** The longest pattern, in characters. */
const longestPattern = 4096;

/**
 * Makes one filter of all the patterns of a mapping: a message goes through when it matches one of
 * them, or when there are none.
 *
 * https://docs.aws.amazon.com/lambda/latest/dg/invocation-eventfiltering.html
 *
 * @param patterns JSON text each, for example `{"body": {"kind": ["order"]}}`
 * @throws AwsError `InvalidParameterValueException`
 */
export function compileFilters(patterns: readonly string[]): MessageFilter {
  if (patterns.length > mostFilters) {
    throw invalid(`at most ${mostFilters} filters, given ${patterns.length}`);
  }
  const filters = patterns.map(compileFilter);
  return (body) => filters.length === 0 || filters.some((matches) => matches(body));
}

function compileFilter(text: string): MessageFilter {
  const pattern = parsePattern(text);
  const { body, ...others } = pattern;
  if (Object.keys(others).length > 0 || body === undefined) {
    throw invalid('filters on SQS messages may only use "body"');
  }
  // A pattern of values is for bodies of plain text, a nested one for JSON: the other kind is dropped.
  if (Array.isArray(body)) {
    const matches = compileValues(body);
    return (message) => parseJson(message) === undefined && matches(message);
  }
  const matches = compileObject(body);
  return (message) => {
    const document = parseJson(message);
    return document !== undefined && matches(document);
  };
}

function parsePattern(text: string): Readonly<Record<string, unknown>> {
  const pattern = text.length <= longestPattern ? parseJson(text) : undefined;
  if (isObject(pattern)) return pattern;
  throw invalid(`a pattern is a JSON object of at most ${longestPattern} characters`);
}

function compileObject(pattern: unknown): Matcher {
  if (!isObject(pattern) || Object.keys(pattern).length === 0) {
    throw invalid(`expected an object with keys, given ${JSON.stringify(pattern)}`);
  }
  const matchers = Object.entries(pattern).map(([key, value]) => compileKey(key, value));
  const matchesAll: Matcher = (value) => matchers.every((matches) => matches(value));
  // All the keys below a list must be found in one and the same element.
  return (value) => (Array.isArray(value) ? value.some(matchesAll) : matchesAll(value));
}

function compileKey(key: string, value: unknown): Matcher {
  if (key === "$or" && Array.isArray(value) && value.every(isObject)) {
    const branches = value.map(compileObject);
    return (object) => branches.some((matches) => matches(object));
  }
  const matches = Array.isArray(value) ? compileValues(value) : compileObject(value);
  return (object) => matches(isObject(object) ? object[key] : undefined);
}

function compileValues(items: readonly unknown[]): Matcher {
  const problems = items.length === 0 ? ["an empty list"] : items.flatMap(valueProblems);
  if (problems[0] !== undefined) throw invalid(problems[0]);
  const tests: readonly Test[] = items.map(compileTest);
  const mayBeAbsent = items.some((item) => isObject(item) && item.exists === false);
  return (value) => {
    const leaves = leavesOf(value);
    if (leaves.length === 0) return mayBeAbsent;
    return leaves.some((leaf) => tests.some((fits) => fits(leaf)));
  };
}

/** Of the operators that SNS knows, Lambda has no `wildcard` and no `cidr`. */
function valueProblems(item: unknown): string[] {
  const operator = isObject(item) ? Object.keys(item)[0] : undefined;
  return operator === "wildcard" || operator === "cidr"
    ? [`Unrecognized match type ${operator}`]
    : matchValueProblems(item);
}

function leavesOf(value: unknown): (string | number | boolean | null)[] {
  if (Array.isArray(value)) return value.flatMap(leavesOf);
  if (value === null || typeof value === "string") return [value];
  return typeof value === "number" || typeof value === "boolean" ? [value] : [];
}

/** @returns undefined for a text that is not a JSON object or list */
function parseJson(text: string): object | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return typeof value === "object" && value !== null ? value : undefined;
  } catch {
    // Plain text is as good a body as JSON.
    return undefined;
  }
}

function invalid(reason: string): AwsError {
  return new AwsError(
    "InvalidParameterValueException",
    `Invalid filter pattern definition. (${reason})`,
  );
}
