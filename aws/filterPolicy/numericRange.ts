/** The largest number that SNS compares; it documents 1e9 but accepts more. */
const largest = 5e9;

/**
 * What SNS refuses in the value of `numeric`: it must be `["=", n]`, one bound (`[">", n]`), or a lower
 * and then an upper bound (`[">=", n, "<", m]`).
 *
 * https://docs.aws.amazon.com/sns/latest/dg/numeric-value-matching.html
 */
export function numericProblems(value: unknown): string[] {
  if (!Array.isArray(value)) return ["Value of numeric must be an array."];
  const problem = boundsProblem(value);
  return problem === undefined ? [] : [problem];
}

function boundsProblem([operator, bound, ...rest]: readonly unknown[]): string | undefined {
  if (typeof operator !== "string") {
    return `Invalid member in numeric match: ${operator === undefined ? "]" : operator}`;
  }
  if (!["=", "<", "<=", ">", ">="].includes(operator)) {
    return `Unrecognized numeric range operator: ${operator}`;
  }
  const problem = numberProblem(operator === "=" ? "equals" : operator, bound);
  if (problem !== undefined || rest.length === 0) return problem;
  return operator === ">" || operator === ">="
    ? upperBoundProblem(Number(bound), rest)
    : "Too many elements in numeric expression";
}

function upperBoundProblem(
  bottom: number,
  [operator, top, ...rest]: readonly unknown[],
): string | undefined {
  if (typeof operator !== "string") return `Bad value in numeric range: ${operator}`;
  if (operator !== "<" && operator !== "<=") return `Bad numeric range operator: ${operator}`;
  const problem = numberProblem(operator, top);
  if (problem !== undefined) return problem;
  if (rest.length > 0) return "Too many terms in numeric range expression";
  return Number(top) > bottom ? undefined : "Bottom must be less than top";
}

function numberProblem(name: string, value: unknown): string | undefined {
  if (typeof value !== "number") return `Value of ${name} must be numeric`;
  return Math.abs(value) <= largest
    ? undefined
    : `Value must be between -5.0E9 and 5.0E9, inclusive (given ${value})`;
}
