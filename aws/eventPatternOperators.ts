import { countWildcards } from "./filterPolicy/complexity.ts";
import { matchValueProblems } from "./filterPolicy/matchValue.ts";
import { compileTest, type Test } from "./filterPolicy/operators.ts";
import { isObject } from "./jsonObject.ts";

/** The items that a pattern's lists may hold, which differ between services. */
export type PatternOperators = {
  /** Why an item is invalid; none if it is valid. */
  readonly problems: (item: unknown) => readonly string[];
  /** The test for a valid item. */
  readonly compile: (item: unknown) => Test;
};

/** Those of SNS's filter policies, without some. */
export function operatorsWithout(...unsupported: readonly string[]): PatternOperators {
  return {
    problems: (item) => {
      const operator = operatorOf(item);
      return operator !== undefined && unsupported.includes(operator)
        ? [`Unrecognized match type ${operator}`]
        : matchValueProblems(item);
    },
    compile: compileTest,
  };
}

/**
 * Those of EventBridge: besides those of SNS, texts whose case is ignored, more kinds of `anything-but`, and more
 * wildcards. Problems are in AWS's words.
 *
 * https://docs.aws.amazon.com/eventbridge/latest/userguide/eb-create-pattern-operators.html
 */
export const eventBridgeOperators: PatternOperators = {
  problems(item) {
    const [operator, operand] = singleEntry(item) ?? [];
    switch (operator) {
      case "prefix":
      case "suffix":
        return ignoredCase(operand) === undefined ? matchValueProblems(item) : [];
      case "wildcard":
        return wildcardProblems(operand);
      case "anything-but":
        return isObject(operand) ? inverseProblems(operand) : matchValueProblems(item);
      default:
        return matchValueProblems(item);
    }
  },
  compile(item) {
    const [operator = "", operand] = singleEntry(item) ?? [];
    const text = ignoredCase(operand);
    if (text !== undefined) return lowerCased(compileTest({ [operator]: text.toLowerCase() }));
    if (operator !== "anything-but" || !isObject(operand)) return compileTest(item);
    const [inverse = "", excluded] = singleEntry(operand) ?? [];
    const tests = [excluded].flat().map((each) => compileTest({ [inverse]: each }));
    return (value) => !tests.some((fits) => fits(value));
  },
};

function operatorOf(item: unknown): string | undefined {
  return isObject(item) ? Object.keys(item)[0] : undefined;
}

function singleEntry(item: unknown): readonly [string, unknown] | undefined {
  const entries = isObject(item) ? Object.entries(item) : [];
  return entries.length === 1 ? entries[0] : undefined;
}

/** The text in `{ "equals-ignore-case": text }`. */
function ignoredCase(operand: unknown): string | undefined {
  const [operator, text] = singleEntry(operand) ?? [];
  return operator === "equals-ignore-case" && typeof text === "string" ? text : undefined;
}

function lowerCased(fits: Test): Test {
  return (value) => fits(typeof value === "string" ? value.toLowerCase() : value);
}

function inverseProblems(operand: Readonly<Record<string, unknown>>): readonly string[] {
  const [operator, excluded] = singleEntry(operand) ?? [];
  const items = Array.isArray(excluded) ? excluded : [excluded];
  switch (operator) {
    case "prefix":
    case "suffix":
      if (isObject(excluded)) return [notAList];
      if (!items.every(isText)) return ["prefix/suffix match pattern must be a string"];
      return items.includes("") ? ["Null prefix/suffix not allowed"] : [];
    case "equals-ignore-case":
      return items.every(isText)
        ? []
        : [
            "Inside anything-but/equals-ignore-case list, number|start|null|boolean is not supported.",
          ];
    case "wildcard":
      return items.flatMap(wildcardProblems);
    default:
      return matchValueProblems({ "anything-but": operand });
  }
}

const notAList = "Value of anything-but must be an array or single string/number value.";

function isText(value: unknown): value is string {
  return typeof value === "string";
}

/** How many states at once Event Ruler, which EventBridge matches with, allows a pattern with wildcards. */
const mostStates = 10;

/** https://github.com/aws/event-ruler#wildcard-match */
function wildcardProblems(pattern: unknown): readonly string[] {
  if (typeof pattern !== "string") return ["wildcard match pattern must be a string"];
  const consecutive = pattern.indexOf("**");
  if (consecutive >= 0) return [`Consecutive wildcard characters at pos ${consecutive + 1}`];
  if (countWildcards(pattern) + mostRepeated(pattern) > mostStates) {
    return [
      "Rule is too complex - try using fewer wildcard characters or fewer repeating character sequences after a wildcard character",
    ];
  }
  return pattern.replace(/\\[*\\]/g, "").includes("\\") ? ["Invalid escape character"] : [];
}

/** How often the commonest character after a wildcard is there. */
function mostRepeated(pattern: string): number {
  const counts = new Map<string, number>();
  for (const [, next = ""] of pattern.matchAll(/\*([^*])/g)) {
    counts.set(next, (counts.get(next) ?? 0) + 1);
  }
  return Math.max(0, ...counts.values());
}
