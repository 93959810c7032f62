import { joined } from "../pulumi/inputPath.ts";
import type { Listed } from "../pulumi/listed.ts";
import {
  isList,
  isMap,
  type PropertyMap,
  type PropertyValue,
} from "../pulumi/values/propertyValue.ts";
import type { Field } from "./declaration/field.ts";
import type { ResourceType } from "./declaration/resourceType.ts";

/** What of a resource is only listed. @param inputs as the program gives them, without defaults */
export function listedOf(
  type: ResourceType,
  token: string,
  name: string,
  inputs: PropertyMap,
): Listed[] {
  if (type.listed !== undefined) return [{ type: token, name, reason: type.listed }];
  return Object.entries(type.inputs).flatMap(([input, field]) =>
    listedIn(field, inputs[input], input).map((each) => ({ type: token, name, ...each })),
  );
}

function listedIn(
  field: Field,
  value: PropertyValue | undefined,
  path: string,
): { input: string; reason: string }[] {
  if (value === undefined || value === null || value === false) return [];
  if (field.listed !== undefined) {
    const isListed = field.listedWhere?.(value) ?? true;
    return isListed ? [{ input: path, reason: field.listed }] : [];
  }
  const { form } = field;
  if (form.kind === "object" && isMap(value)) {
    return Object.entries(form.fields).flatMap(([name, each]) =>
      listedIn(each, value[name], joined(path, name)),
    );
  }
  if (form.kind === "list" && isList(value)) {
    return value.flatMap((each, index) => listedIn(form.element, each, `${path}[${index}]`));
  }
  return [];
}

/**
 * What is only listed, in lines for people: one for each input of a type, with the number of resources
 * that it concerns where there are several.
 */
export function listedLines(listed: readonly Listed[]): string[] {
  const groups = Map.groupBy(listed, ({ type, input = "", reason }) => {
    const [, kind = type] = /:(\w+)$/.exec(type) ?? [];
    const inner = input === "" ? "" : `.${input.replaceAll(/\[\d+\]/g, "")}`;
    return `${kind}${inner}: ${reason}`;
  });
  return [...groups].map(([line, each]) => {
    const names = new Set(each.map(({ name }) => name));
    return names.size === 1 ? `${[...names]} (${line})` : `${names.size} x ${line}`;
  });
}
