import { BlockList, isIP } from "node:net";
import { isObject } from "../jsonObject.ts";

/** The values of fields in a message's body or attributes. */
export type Scalar = string | number | boolean | null;

/** Whether a present value matches one item of a policy's list. */
export type Test = (value: Scalar) => boolean;

/** The test for an item of a valid policy. */
export function compileTest(item: unknown): Test {
  if (!isObject(item))
    return typeof item === "number" ? equalNumber(item) : (value) => value === item;
  const [operator = "", operand] = Object.entries(item)[0] ?? [];
  const compile = operators[operator];
  if (compile === undefined) throw new Error(`Unknown filter operator "${operator}".`);
  return compile(operand);
}

const operators: Readonly<Record<string, (operand: unknown) => Test>> = {
  prefix: (operand) => textTest((text) => text.startsWith(String(operand))),
  suffix: (operand) => textTest((text) => text.endsWith(String(operand))),
  "equals-ignore-case": (operand) => {
    const lower = String(operand).toLowerCase();
    return textTest((text) => text.toLowerCase() === lower);
  },
  wildcard: (operand) => {
    const pieces = wildcardPieces(String(operand));
    return textTest((text) => fitsPieces(text, pieces));
  },
  "anything-but": (operand) => {
    const excluded = [operand].flat().map(compileTest);
    return (value) => !excluded.some((fits) => fits(value));
  },
  numeric: (operand) => numericTest(Array.isArray(operand) ? operand : []),
  exists: (operand) => () => operand === true,
  cidr: (operand) => cidrTest(String(operand)),
};

function textTest(fits: (text: string) => boolean): Test {
  return (value) => typeof value === "string" && fits(value);
}

function equalNumber(expected: number): Test {
  const comparable = toComparable(expected);
  return (value) =>
    typeof value === "number" && (value === expected || toComparable(value) === comparable);
}

/**
 * SNS compares numbers as fixed-point texts with six digits after the point, within 5e9 of zero;
 * outside of that no comparison holds.
 */
function toComparable(number: number): number {
  return Math.abs(number) <= 5e9 ? Math.trunc((number + 5e9) * 1e6) : Number.NaN;
}

const comparisons: Readonly<Record<string, (value: number, bound: number) => boolean>> = {
  "=": (value, bound) => value === bound,
  "<": (value, bound) => value < bound,
  "<=": (value, bound) => value <= bound,
  ">": (value, bound) => value > bound,
  ">=": (value, bound) => value >= bound,
};

function numericTest([operator, bound, ...rest]: readonly unknown[]): Test {
  const compare = comparisons[String(operator)];
  if (compare === undefined) return () => true;
  const limit = toComparable(Number(bound));
  const upper = numericTest(rest);
  return (value) =>
    typeof value === "number" && compare(toComparable(value), limit) && upper(value);
}

/** The texts between the `*`, with `\*` and `\\` resolved. */
export function wildcardPieces(pattern: string): string[] {
  const pieces = [""];
  for (const [part] of pattern.matchAll(/\\.|\*|[^\\*]+/gs)) {
    if (part === "*") pieces.push("");
    else pieces[pieces.length - 1] += part.startsWith("\\") ? part.slice(1) : part;
  }
  return pieces;
}

function fitsPieces(text: string, pieces: readonly string[]): boolean {
  const first = pieces[0] ?? "";
  const last = pieces.at(-1) ?? "";
  if (pieces.length === 1) return text === first;
  if (text.length < first.length + last.length) return false;
  if (!text.startsWith(first) || !text.endsWith(last)) return false;
  return containsInOrder(text.slice(first.length, text.length - last.length), pieces.slice(1, -1));
}

function containsInOrder(text: string, pieces: readonly string[]): boolean {
  let position = 0;
  for (const piece of pieces) {
    const found = text.indexOf(piece, position);
    if (found === -1) return false;
    position = found + piece.length;
  }
  return true;
}

function cidrTest(network: string): Test {
  const [address = "", bits] = network.split("/");
  const addresses = new BlockList();
  addresses.addSubnet(address, Number(bits), isIP(address) === 6 ? "ipv6" : "ipv4");
  return textTest((text) => {
    const version = isIP(text);
    return version !== 0 && addresses.check(text, version === 6 ? "ipv6" : "ipv4");
  });
}
