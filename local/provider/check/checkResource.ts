import {
  type Checked,
  type CheckFailure,
  type CheckRequest,
  ProviderError,
} from "../../pulumi/provider.ts";
import {
  hasUnknown,
  isList,
  isMap,
  type PropertyMap,
  type PropertyValue,
  unknown,
} from "../../pulumi/values/propertyValue.ts";
import { type AutomaticName, automaticName, prefixedName } from "../declaration/automaticName.ts";
import type { Fields } from "../declaration/field.ts";
import type { ResourceType } from "../declaration/resourceType.ts";
import { checkFields } from "./checkFields.ts";

export type CheckContext = {
  readonly region: string;
  readonly defaultTags: PropertyMap;
};

/** What AWS's provider makes of inputs before anything is created; `__defaults` names what it added. */
export function checkResource(
  type: ResourceType,
  request: CheckRequest,
  { region, defaultTags }: CheckContext,
): Checked {
  const failures: CheckFailure[] = [];
  const { tagsAll: _, ...own } = request.inputs;
  const given = checkFields(type.inputs, own, (failure) => failures.push(failure));
  checkRegion(given.region, region, failures);
  const rejected = failures.length === 0 ? type.reject(given, request.oldInputs) : undefined;
  if (rejected) failures.push(rejected);
  const name = failures.length === 0 ? nameOf(type.name, request, given, failures) : {};
  const inputs: Record<string, PropertyValue> = { ...given, ...name };
  if (takesTags(type.inputs)) inputs.tagsAll = allTags(defaultTags, given.tags);
  const added = Object.keys(inputs).filter(
    (each) => each !== "tagsAll" && (own[each] === undefined || own[each] === null),
  );
  return { inputs: { __defaults: added.sort(), ...inputs }, failures };
}

function checkRegion(
  given: PropertyValue | undefined,
  region: string,
  failures: CheckFailure[],
): void {
  if (given === undefined || given === unknown || given === region) return;
  const reason = `the local cloud has one region, ${region}, and the resource asks for ${String(given)}: leave it out where the program runs locally`;
  failures.push({ property: "region", reason });
}

/** The automatic name, where there is none: the one decided before, or a new one. */
function nameOf(
  rule: AutomaticName | undefined,
  request: CheckRequest,
  inputs: PropertyMap,
  failures: CheckFailure[],
): PropertyMap {
  if (rule === undefined || inputs[rule.input] !== undefined) return {};
  const { oldInputs } = request;
  const before = oldInputs?.[rule.input];
  if (before !== undefined && wasAdded(oldInputs, rule.input)) return { [rule.input]: before };
  const prefix = rule.prefixInput === undefined ? undefined : inputs[rule.prefixInput];
  if (prefix === unknown) return {};
  try {
    const name =
      typeof prefix === "string"
        ? prefixedName(prefix, rule.suffix?.(inputs) ?? "", request.randomSeed)
        : automaticName(rule, request, inputs);
    return { [rule.input]: name };
  } catch (error) {
    if (!(error instanceof ProviderError)) throw error;
    failures.push({ property: rule.input, reason: error.message });
    return {};
  }
}

function wasAdded(inputs: PropertyMap | undefined, name: string): boolean {
  const added = inputs?.__defaults;
  return isList(added) && added.includes(name);
}

function takesTags(fields: Fields): boolean {
  return fields.tags?.form.kind === "map";
}

function allTags(defaultTags: PropertyMap, tags: PropertyValue | undefined): PropertyValue {
  if (hasUnknown(tags) || hasUnknown(defaultTags)) return unknown;
  return { ...defaultTags, ...(isMap(tags) && tags) };
}
