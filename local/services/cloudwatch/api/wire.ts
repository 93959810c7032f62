import type { Operations } from "../../../protocol/call.ts";

/** A value of an output as a protocol writes it; undefined to leave it as it is. */
type Write = (name: string, value: object) => unknown;

/** The operations for the JSON protocol: timestamps are seconds since 1970. */
export function forJson(operations: Operations): Operations {
  return withOutputs(operations, (_name, value) =>
    value instanceof Date ? value.getTime() / 1000 : undefined,
  );
}

/** The operations for the query protocol: timestamps are text, and maps are told from structures. */
export function forQuery(operations: Operations): Operations {
  return withOutputs(operations, (name, value) => {
    if (value instanceof Date) return value.toISOString();
    return name === "ExtendedStatistics" ? new Map(Object.entries(value)) : undefined;
  });
}

function withOutputs(operations: Operations, write: Write): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      async (input, call) => members(await operation(input, call), write),
    ]),
  );
}

function members(output: object, write: Write): object {
  return Object.fromEntries(
    Object.entries(output).map(([name, value]) => [name, written(name, value, write)]),
  );
}

function written(name: string, value: unknown, write: Write): unknown {
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map((item) => written(name, item, write));
  return write(name, value) ?? members(value, write);
}
