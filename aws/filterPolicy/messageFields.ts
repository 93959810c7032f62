import { isObject } from "../jsonObject.ts";
import type { MessageAttributes } from "../messageAttributes.ts";
import { escapeLikeSns } from "./escapeValues.ts";
import type { FilterPolicyScope } from "./filterPolicy.ts";
import type { Scalar } from "./operators.ts";

/** One value in a message, and its place. */
export type Field = {
  readonly value: Scalar;
  /**
   * The element of each list that contains it. Two fields match together only if they are not in
   * different elements of one list.
   */
  readonly elements: ReadonlyMap<object, number>;
};

/** A message's values by the path of their keys; a path through a list has several. */
export type Fields = ReadonlyMap<string, readonly Field[]>;

export type FilteredMessage = { readonly body: string; readonly attributes: MessageAttributes };

/** A message's fields as a filter of that scope sees them, or undefined where no policy accepts it. */
export type FieldsByScope = (scope: FilterPolicyScope) => Fields | undefined;

/** Reads each scope once, when the first filter needs it. */
export function fieldsByScope(message: FilteredMessage): FieldsByScope {
  const known = new Map<FilterPolicyScope, Fields | undefined>();
  return (scope) => {
    if (!known.has(scope)) {
      known.set(
        scope,
        scope === "MessageBody" ? bodyFields(message.body) : attributeFields(message.attributes),
      );
    }
    return known.get(scope);
  };
}

const inNoList: ReadonlyMap<object, number> = new Map();

/**
 * The fields of a body. Lists may be nested and may hold objects.
 *
 * @returns undefined for a body that is not a JSON object: no policy accepts it
 */
function bodyFields(body: string): Fields | undefined {
  const document = parseJson(body);
  if (!isObject(document)) return undefined;
  const fields = new Map<string, Field[]>();
  collect(fields, document, "", inNoList);
  return fields;
}

function collect(
  fields: Map<string, Field[]>,
  value: unknown,
  path: string,
  elements: ReadonlyMap<object, number>,
): void {
  if (Array.isArray(value)) {
    for (const [index, item] of value.entries()) {
      collect(fields, item, path, new Map([...elements, [value, index]]));
    }
  } else if (isObject(value)) {
    for (const [key, item] of Object.entries(value)) {
      collect(fields, item, path === "" ? key : `${path}.${key}`, elements);
    }
  } else if (isScalar(value)) {
    add(fields, path, { value, elements });
  }
}

/**
 * The fields of attributes: SNS looks at `String`, `Number` and `String.Array`, and ignores `Binary`.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/subscription-filter-policy-constraints.html
 */
function attributeFields(attributes: MessageAttributes): Fields {
  const fields = new Map<string, Field[]>();
  for (const [name, { dataType, stringValue }] of Object.entries(attributes)) {
    if (stringValue === undefined) continue;
    for (const value of attributeValues(dataType, stringValue)) {
      add(fields, name, { value, elements: inNoList });
    }
  }
  return fields;
}

function attributeValues(dataType: string, text: string): Scalar[] {
  if (dataType === "String.Array") return arrayValues(text);
  return dataType.split(".")[0] === "Number" ? [Number(text)] : [escapeLikeSns(text)];
}

function arrayValues(text: string): Scalar[] {
  const values = parseJson(text);
  if (!Array.isArray(values)) return [];
  return values
    .filter(isScalar)
    .map((value) => (typeof value === "string" ? escapeLikeSns(value) : value));
}

function add(fields: Map<string, Field[]>, path: string, field: Field): void {
  const known = fields.get(path);
  if (known === undefined) fields.set(path, [field]);
  else known.push(field);
}

function isScalar(value: unknown): value is Scalar {
  return value === null || ["string", "number", "boolean"].includes(typeof value);
}

function parseJson(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    // Not JSON is an answer here: a filter on the body lets no such message pass.
    return undefined;
  }
}
