import { notSupported } from "../../protocol/awsError.ts";
import { memberAt } from "../../protocol/memberAt.ts";
import { ExecutionError } from "./executionError.ts";

/** What paths may refer to besides the input. */
export type ContextObject = Readonly<Record<string, unknown>>;

/**
 * The value at a path: `$.order.lines[0]`, or `$$.Execution.Id` in the context object.
 *
 * @throws ExecutionError `States.Runtime` for a path that leads nowhere
 */
export function valueAt(path: string, input: unknown, context: ContextObject): unknown {
  const found = find(path, input, context);
  if (found !== undefined) return found;
  throw new ExecutionError(
    "States.Runtime",
    `The JSONPath '${path}' could not be found in the input '${JSON.stringify(input)}'`,
  );
}

/** The same; undefined for a path that leads nowhere. */
export function find(path: string, input: unknown, context: ContextObject): unknown {
  const isContext = path.startsWith("$$");
  const rest = path.slice(isContext ? 2 : 1);
  if (!/^(\.[\w-]+|\[\d+\]|\['[^']+'\])*$/.test(rest)) {
    throw notSupported(`the path "${path}" in a state machine`);
  }
  const names = [...rest.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)];
  return memberAt(
    isContext ? context : input,
    names.map(([, name, index, quoted]) => name ?? index ?? quoted ?? ""),
  );
}

/** Fills a template: a field whose name ends in `.$` has the value at its path. */
export function fill(template: unknown, input: unknown, context: ContextObject): unknown {
  if (Array.isArray(template)) return template.map((each) => fill(each, input, context));
  if (typeof template !== "object" || template === null) return template;
  return Object.fromEntries(
    Object.entries(template).map(([name, value]) =>
      name.endsWith(".$")
        ? [name.slice(0, -2), filled(String(value), input, context)]
        : [name, fill(value, input, context)],
    ),
  );
}

function filled(expression: string, input: unknown, context: ContextObject): unknown {
  if (expression.startsWith("$")) return valueAt(expression, input, context);
  const [, name, text = ""] = /^States\.(\w+)\((.*)\)$/s.exec(expression) ?? [];
  const values = argumentsIn(text).map((each) =>
    each.startsWith("$") ? valueAt(each, input, context) : literal(each),
  );
  switch (name) {
    case "Format":
      return format(values);
    case "JsonToString":
      return JSON.stringify(values[0]);
    case "StringToJson":
      return json(String(values[0]));
    case "Array":
      return values;
    default:
      throw notSupported(`the expression "${expression}" in a state machine`);
  }
}

/** Arguments between commas, of which none is a call. */
function argumentsIn(text: string): string[] {
  return [...text.matchAll(/'(?:\\.|[^'\\])*'|[^,\s][^,]*/g)].map(([each]) => each.trim());
}

function literal(text: string): unknown {
  const quoted = /^'(.*)'$/s.exec(text)?.[1];
  return quoted === undefined ? json(text) : quoted.replace(/\\(.)/g, "$1");
}

function json(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new ExecutionError("States.IntrinsicFailure", `'${text}' is no JSON: ${error}`);
  }
}

function format([template, ...values]: readonly unknown[]): string {
  let index = 0;
  return String(template).replace(/\{\}/g, () => {
    const value = values[index++];
    return typeof value === "string" ? value : JSON.stringify(value);
  });
}

/** Puts a result into the input; a `null` path drops it. */
export function place(path: string | null | undefined, input: unknown, result: unknown): unknown {
  if (path === null) return input;
  if (path === undefined || path === "$") return result;
  const names = path.slice(2).split(".");
  return placed(input, names, result);
}

function placed(value: unknown, [name, ...rest]: readonly string[], result: unknown): unknown {
  if (name === undefined) return result;
  const object = typeof value === "object" && value !== null && !Array.isArray(value) ? value : {};
  return { ...object, [name]: placed(memberAt(object, [name]), rest, result) };
}
