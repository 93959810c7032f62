import { notSupported } from "../../protocol/awsError.ts";
import { type ContextObject, find, valueAt } from "./data.ts";

type Rule = Readonly<Record<string, unknown>>;

/** Whether the input meets a rule of a Choice state. */
export function isMet(rule: Rule, input: unknown, context: ContextObject): boolean {
  const { And, Or, Not, Variable } = rule;
  if (Array.isArray(And)) return And.every((each) => isMet(each, input, context));
  if (Array.isArray(Or)) return Or.some((each) => isMet(each, input, context));
  if (typeof Not === "object" && Not !== null) return !isMet({ ...Not }, input, context);
  const path = String(Variable);
  const comparison = Object.keys(rule).find((name) => !["Variable", "Next", "Comment"].includes(name));
  if (comparison === undefined) throw notSupported("a choice without a comparison");
  if (comparison === "IsPresent") {
    return (find(path, input, context) !== undefined) === rule.IsPresent;
  }
  const value = valueAt(path, input, context);
  const isPath = comparison.endsWith("Path");
  const expected = isPath ? valueAt(String(rule[comparison]), input, context) : rule[comparison];
  return compare(isPath ? comparison.slice(0, -4) : comparison, value, expected);
}

/** https://states-language.net/spec.html#choice-state */
function compare(comparison: string, value: unknown, expected: unknown): boolean {
  const [, type = "", relation = ""] =
    /^(String|Numeric|Timestamp|Boolean)(Equals|LessThan|GreaterThan|LessThanEquals|GreaterThanEquals|Matches)$/.exec(
      comparison,
    ) ?? [];
  const forms: Readonly<Record<string, string>> = {
    String: "string",
    Numeric: "number",
    Timestamp: "string",
    Boolean: "boolean",
  };
  if (type !== "") return isOfType(forms[type], value) && relates(type, relation, value, expected);
  const [, tested] = /^Is(Null|Numeric|String|Boolean|Timestamp)$/.exec(comparison) ?? [];
  if (tested === undefined) throw notSupported(`the comparison "${comparison}" of a choice`);
  return isOf(tested, value) === expected;
}

function isOfType(form: string | undefined, value: unknown): boolean {
  return typeof value === form;
}

function isOf(type: string, value: unknown): boolean {
  if (type === "Null") return value === null;
  if (type === "Timestamp") return typeof value === "string" && !Number.isNaN(Date.parse(value));
  return typeof value === (type === "Numeric" ? "number" : type.toLowerCase());
}

function relates(type: string, relation: string, value: unknown, expected: unknown): boolean {
  if (relation === "Matches") return wildcard(String(expected)).test(String(value));
  const [a, b] = type === "Timestamp" ? [Date.parse(String(value)), Date.parse(String(expected))] : [value, expected];
  if (relation === "Equals") return a === b;
  if (type === "Boolean") return false;
  const order = type === "String" ? compareTexts(String(a), String(b)) : Number(a) - Number(b);
  switch (relation) {
    case "LessThan":
      return order < 0;
    case "GreaterThan":
      return order > 0;
    case "LessThanEquals":
      return order <= 0;
    default:
      return order >= 0;
  }
}

function compareTexts(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}

/** `*` stands for any text. */
function wildcard(pattern: string): RegExp {
  const parts = pattern.split("*").map((part) => part.replace(/[.+?^${}()|[\]\\]/g, "\\$&"));
  return new RegExp(`^${parts.join(".*")}$`, "s");
}
