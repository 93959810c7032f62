import * as pulumi from "@pulumi/pulumi";
import { anything, isDeferred, isPlainObject, recordOf, reject, schemaBy } from "./schema.ts";

/** The text that Pulumi puts in place of an Output in a template literal or in JSON. */
const placeholder = /Calling \[to(String|JSON)\] on an \[Output<T>\]/;

/** Whether a text contains Pulumi's placeholder for an Output, instead of its value. */
export function containsOutput(text: string): boolean {
  return placeholder.test(text);
}

/**
 * Texts among arguments, at any depth, in which an Output was used as if its value were known. Resources and
 * functions are not searched.
 */
export function misusedOutputs(value: unknown, path = ""): string[] {
  if (typeof value === "string") {
    return containsOutput(value)
      ? [
          `${path} contains an Output as text, which is not its value; use pulumi.interpolate\`...\` or pulumi.jsonStringify(...)`.trimStart(),
        ]
      : [];
  }
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => misusedOutputs(item, joined(path, String(index))));
  }
  if (!isPlainObject(value) || pulumi.Resource.isInstance(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) =>
    containsOutput(key)
      ? [`${path} has a key with an Output as text, which is not its value`.trimStart()]
      : misusedOutputs(inner, joined(path, key)),
  );
}

/** An object without Outputs at any depth: its values are checked before the deployment. */
export const plainRecord = schemaBy((value) => {
  const [path] = outputsIn(value, "");
  return path === undefined || path === ""
    ? recordOf(anything)
    : reject(
        `must have plain values, which are checked before the deployment; ${path} is an Output`,
      );
});

/** Paths of Outputs and promises in a value. */
function outputsIn(value: unknown, path: string): string[] {
  if (isDeferred(value)) return [path];
  if (Array.isArray(value)) {
    return value.flatMap((item, index) => outputsIn(item, joined(path, String(index))));
  }
  if (!isPlainObject(value) || pulumi.Resource.isInstance(value)) return [];
  return Object.entries(value).flatMap(([key, inner]) => outputsIn(inner, joined(path, key)));
}

function joined(path: string, key: string): string {
  return path === "" ? key : `${path}.${key}`;
}
