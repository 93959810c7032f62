import {
  compilePattern,
  compilePatternValues,
  PatternError,
  type PatternMatcher,
} from "../../../../aws/eventPattern.ts";
import { operatorsWithout } from "../../../../aws/eventPatternOperators.ts";
import { isObject } from "../../../../aws/jsonObject.ts";
import { AwsError } from "../../../protocol/awsError.ts";

/** Whether a message, by its body, goes to the function; of a record of a stream, by its data. */
export type MessageFilter = (body: string) => boolean;

/** Where records come from: patterns are about another part of each. */
export type FilteredSource = "dynamodb" | "kinesis" | "sqs";

/** The part of a record that a pattern may be about; all of a change of a table. */
const filteredPart = { kinesis: "data", sqs: "body" } as const;

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
export function compileFilters(
  patterns: readonly string[],
  source: FilteredSource = "sqs",
): MessageFilter {
  if (patterns.length > mostFilters) {
    throw invalid(`at most ${mostFilters} filters, given ${patterns.length}`);
  }
  const filters = patterns.map((text) => compileFilter(text, source));
  return (body) => filters.length === 0 || filters.some((matches) => matches(body));
}

function compileFilter(text: string, source: FilteredSource): MessageFilter {
  const pattern = parsePattern(text);
  if (source === "dynamodb") return documentFilter(pattern);
  const part = filteredPart[source];
  const { [part]: body, ...others } = pattern;
  if (Object.keys(others).length > 0 || body === undefined) {
    throw invalid(`filters on records of ${source} may only use "${part}"`);
  }
  // A pattern of values is for bodies of plain text, a nested one for JSON: the other kind is dropped.
  if (Array.isArray(body)) {
    const matches = compiled(() => compilePatternValues(body, operators));
    return (message) => parseJson(message) === undefined && matches(message);
  }
  return documentFilter(body);
}

function documentFilter(pattern: unknown): MessageFilter {
  const matches = compiled(() => compilePattern(pattern, operators));
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

/** Lambda has fewer than EventBridge. */
const operators = operatorsWithout("wildcard", "cidr");

function compiled(compile: () => PatternMatcher): PatternMatcher {
  try {
    return compile();
  } catch (error) {
    if (error instanceof PatternError) throw invalid(error.message);
    throw error;
  }
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
