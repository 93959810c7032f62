import * as v from "valibot";
import type { Cloud } from "../cloud.ts";
import { plain } from "./plain.ts";

/** What AWS would answer to the making of a resource: its id, and its outputs besides its inputs. */
export type Created = { readonly id: string; readonly outputs?: Readonly<Record<string, unknown>> };

/** How one of Pulumi's resource types is made in the local cloud. */
export type ResourceType = (cloud: Cloud, name: string, inputs: unknown) => Promise<Created>;

type Entries = v.ObjectEntries;

/**
 * A resource type by the inputs that the local cloud knows of it. An input that is not among them is an
 * error that names it: it must not be taken and have no effect.
 */
export function resourceType<const E extends Entries>(
  entries: E,
  create: (
    cloud: Cloud,
    name: string,
    inputs: v.InferOutput<v.StrictObjectSchema<E, undefined>>,
  ) => Created | Promise<Created>,
): ResourceType {
  const schema = v.strictObject(entries);
  return async (cloud, name, inputs) => {
    const result = v.safeParse(schema, plain(inputs));
    if (!result.success) throw new Error(result.issues.map(describe).join("; "));
    return create(cloud, name, result.output);
  };
}

/**
 * A resource type that has no effect in the local cloud, and needs none there.
 *
 * @param outputs what other resources read of it
 */
export function withoutEffect(
  outputs: (
    name: string,
    inputs: Readonly<Record<string, unknown>>,
  ) => Created["outputs"] = () => ({}),
): ResourceType {
  return async (_cloud, name, inputs) => {
    const given = v.parse(v.record(v.string(), v.unknown()), plain(inputs));
    const id = typeof given.name === "string" ? given.name : name;
    return { id, outputs: { name: id, ...outputs(id, given) } };
  };
}

function describe(issue: v.BaseIssue<unknown>): string {
  const path = v.getDotPath(issue) ?? "";
  return issue.type === "strict_object" && issue.expected === "never"
    ? `the local cloud does not know the input "${path}"`
    : `${path}: ${issue.message}`;
}

export const optionalText = v.optional(v.string());
export const optionalNumber = v.optional(v.number());
export const optionalFlag = v.optional(v.boolean());
export const tags = v.optional(v.record(v.string(), v.string()), {});
