import * as v from "valibot";

/** A statement of a policy. Single values are converted to lists. */
export type Statement = v.InferOutput<typeof statement>;

const oneOrMany = v.pipe(
  v.unknown(),
  v.transform((value) => [value].flat()),
);

const texts = v.pipe(oneOrMany, v.array(v.string()));

const principal = v.union([v.literal("*"), v.record(v.string(), texts)]);

const statement = v.object({
  Sid: v.optional(v.string(), "without a Sid"),
  Effect: v.picklist(["Allow", "Deny"]),
  Principal: v.optional(principal),
  Action: v.optional(texts, []),
  Resource: v.optional(texts, []),
  Condition: v.optional(v.record(v.string(), v.record(v.string(), v.unknown()))),
  NotPrincipal: v.optional(v.unknown()),
  NotAction: v.optional(v.unknown()),
  NotResource: v.optional(v.unknown()),
});

const document = v.object({ Statement: v.pipe(oneOrMany, v.array(statement)) });

/**
 * The statements of a policy, which is JSON or an object; none if there is no policy.
 *
 * @throws ValiError when the value is not a policy
 */
export function statementsOf(policy: unknown): Statement[] {
  if (policy === undefined || policy === "") return [];
  const value: unknown = typeof policy === "string" ? JSON.parse(policy) : policy;
  return v.parse(document, value).Statement;
}
