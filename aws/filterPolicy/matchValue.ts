import { isIP } from "node:net";
import { isObject } from "../jsonObject.ts";
import { countWildcards } from "./complexity.ts";
import { numericProblems } from "./numericRange.ts";

/** Why SNS rejects an item of a key's list, in its own words where they are known. */
export function matchValueProblems(value: unknown): string[] {
  if (Array.isArray(value)) return ["Match value must be String, number, true, false, or null"];
  return isObject(value) ? expressionProblems(value, operators, unrecognized) : [];
}

type Check = (value: unknown) => string[];

const operators: Readonly<Record<string, Check>> = {
  prefix: (value) => textProblems("prefix", value),
  suffix: (value) => textProblems("suffix", value),
  "equals-ignore-case": (value) => textProblems("equals-ignore-case", value),
  wildcard: wildcardProblems,
  "anything-but": anythingButProblems,
  numeric: numericProblems,
  exists: (value) =>
    typeof value === "boolean" ? [] : ["exists match pattern must be either true or false."],
  cidr: cidrProblems,
};

/** SNS accepts no other operator inside `anything-but`. */
const inverseOperators: Readonly<Record<string, Check>> = {
  prefix: (value) => (value === "" ? ["Null prefix not allowed"] : textProblems("prefix", value)),
  wildcard: wildcardProblems,
};

const unrecognized = (operator: string) => `Unrecognized match type ${operator}`;
const unsupportedInverse = (operator: string) => `Unsupported anything-but pattern: ${operator}`;

function expressionProblems(
  expression: Readonly<Record<string, unknown>>,
  checks: Readonly<Record<string, Check>>,
  unknown: (operator: string) => string,
): string[] {
  const [first, ...others] = Object.entries(expression);
  if (first === undefined) return ["Match expression name not found"];
  const [operator, value] = first;
  const check = Object.hasOwn(checks, operator) ? checks[operator] : undefined;
  const problems = check === undefined ? [unknown(operator)] : check(value);
  return others.length === 0 ? problems : [...problems, "Only one key allowed in match expression"];
}

function textProblems(operator: string, value: unknown): string[] {
  return typeof value === "string" ? [] : [`${operator} match pattern must be a string`];
}

/** https://docs.aws.amazon.com/sns/latest/dg/string-value-matching.html */
function wildcardProblems(value: unknown): string[] {
  if (typeof value !== "string") return textProblems("wildcard", value);
  const unescaped = value.replace(/\\[*\\]/g, "");
  const limits: [boolean, string][] = [
    [unescaped.includes("\\"), `Invalid escape character in wildcard "${value}"`],
    [unescaped.includes("**"), `Consecutive wildcard characters in wildcard "${value}"`],
    [countWildcards(value) > 3, `More than 3 wildcard characters in wildcard "${value}"`],
  ];
  return limits.filter(([broken]) => broken).map(([, text]) => text);
}

function anythingButProblems(value: unknown): string[] {
  if (isObject(value)) return expressionProblems(value, inverseOperators, unsupportedInverse);
  if (Array.isArray(value)) return anythingButListProblems(value);
  return typeof value === "string" || typeof value === "number"
    ? []
    : ["Value of anything-but must be an array or single string/number value."];
}

function anythingButListProblems(values: readonly unknown[]): string[] {
  const kinds = new Set(values.map((value) => typeof value));
  if (![...kinds].every((kind) => kind === "string" || kind === "number")) {
    return ["Inside anything but list, start|null|boolean is not supported."];
  }
  return kinds.size === 1
    ? []
    : [
        "Inside anything but list, either all values are number or string, mixed type is not supported",
      ];
}

function cidrProblems(value: unknown): string[] {
  // SNS's message has "prefix" here, too.
  if (typeof value !== "string") return textProblems("prefix", value);
  const [address = "", mask, ...others] = value.split("/");
  if (mask === undefined || others.length > 0) return ["Malformed CIDR, one '/' required"];
  if (!/^[+-]?\d+$/.test(mask)) return ["Malformed CIDR, mask bits must be an integer"];
  if (Number(mask) < 0) return ["Malformed CIDR, mask bits must not be negative"];
  const version = isIP(address);
  if (version === 0) return [`Nonstandard IP address: ${address}`];
  const bits = version === 4 ? 32 : 128;
  return Number(mask) < bits ? [] : [`IPv${version} mask bits must be < ${bits}`];
}
