import path from "node:path";
import * as pulumi from "@pulumi/pulumi";

/**
 * The inputs that a component registers, which previews, state and policies show: the plain fields of
 * `args`, without Outputs, functions and resources. The registration of a component waits for its inputs,
 * and depends on the resources of Outputs among them.
 */
export function plainInputs(args: object): Record<string, unknown> {
  return Object.fromEntries(
    Object.entries(args).flatMap(([name, value]) => {
      const plain = plainValue(value);
      return plain === undefined ? [] : [[name, plain]];
    }),
  );
}

function plainValue(value: unknown): unknown {
  if (typeof value === "function") return undefined;
  if (typeof value !== "object" || value === null) return value;
  if (Array.isArray(value)) return value.map(plainValue).filter((each) => each !== undefined);
  const isDeferred = pulumi.Output.isInstance(value) || value instanceof Promise;
  return isDeferred || pulumi.Resource.isInstance(value) ? undefined : plainInputs(value);
}

/** The path of an entry file, of an absolute one or a URL only the name: state is the same on every machine. */
export function plainEntry(entry: string): string {
  if (entry.startsWith("file:")) return path.posix.basename(new URL(entry).pathname);
  return path.isAbsolute(entry) ? path.basename(entry) : entry;
}
