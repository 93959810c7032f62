import { type PropertyMap, type PropertyValue, unknown } from "../pulumi/values/propertyValue.ts";
import type { Fields } from "./declaration/field.ts";
import type { ResourceType } from "./declaration/resourceType.ts";
import { agrees, sameValue } from "./diff.ts";

/** The outputs of a resource: its inputs, and what the cloud says, in the program's words where both agree. */
export function outputsOf(
  type: ResourceType,
  inputs: PropertyMap,
  actual: PropertyMap,
): PropertyMap {
  const { __defaults: _, ...given } = inputs;
  const told = Object.entries(actual).filter(([name, value]) => {
    const field = type.inputs[name];
    return field === undefined || !sameValue(field, given[name], value);
  });
  return { ...given, ...Object.fromEntries(told) };
}

/** What is known of a resource before it is made or changed: its inputs. @param later names of outputs */
export function previewOf(inputs: PropertyMap, later: readonly string[]): PropertyMap {
  const { __defaults: _, ...given } = inputs;
  const notYet = later.map((name): [string, PropertyValue] => [name, unknown]);
  return { ...Object.fromEntries(notYet), ...given };
}

/**
 * The inputs of a resource as it is now: those of the program where nothing has changed, so that no
 * change is seen where there is none; else what the cloud says.
 *
 * @param before the program's inputs; absent for a resource that is imported
 */
export function inputsOf(
  fields: Fields,
  before: PropertyMap | undefined,
  actual: PropertyMap,
): PropertyMap {
  const inputs: Record<string, PropertyValue> = { ...before };
  for (const [name, field] of Object.entries(fields)) {
    const now = actual[name];
    const old = before?.[name];
    const isImport = before === undefined;
    if (now === undefined || (isImport ? sameValue : agrees)(field, old, now)) continue;
    inputs[name] = now;
  }
  return inputs;
}
