import type { Properties, ResourceRule, StackRule } from "../rule.ts";
import { type Statement, statementsOf } from "../statements.ts";
import { bucket, bucketPolicy, queue, queuePolicy, topic, topicPolicy } from "../types.ts";

/** A policy without a condition on TLS allows plain HTTP. */
export const policiesRequireTls: ResourceRule = {
  name: "policies-ask-for-tls",
  description: "Policies of topics, queues and buckets deny calls without TLS.",
  scope: "resource",
  types: [topicPolicy, queue, queuePolicy, bucketPolicy],
  problems: ({ policy }: Properties) =>
    policy === undefined || requiresTls({ policy })
      ? []
      : ["the policy allows plain HTTP; add a Deny for aws:SecureTransport false"],
};

/** The type of the policy resource of each type, besides a policy on the resource itself. */
const policyTypes: Readonly<Record<string, string>> = {
  [topic]: topicPolicy,
  [queue]: queuePolicy,
  [bucket]: bucketPolicy,
};

/** Without a policy, nothing requires TLS. */
export const everyTargetHasAPolicy: StackRule = {
  name: "topics-queues-buckets-have-a-policy",
  description: "Topics, queues and buckets have a policy that requires TLS.",
  scope: "stack",
  types: Object.keys(policyTypes),
  problems: (resource, all) => {
    const type = policyTypes[resource.type];
    const hasOne = all.some((each) => each.type === type && each.dependencies.includes(resource));
    return hasOne || requiresTls(resource.props)
      ? []
      : ["has no policy that denies plain HTTP; add one"];
  },
};

function requiresTls({ policy }: Properties): boolean {
  return statementsOf(policy).some(deniesPlainHttp);
}

function deniesPlainHttp({ Effect, Principal, Condition }: Statement): boolean {
  const secure = Condition?.Bool?.["aws:SecureTransport"];
  return Effect === "Deny" && isAnyPrincipal(Principal) && String(secure) === "false";
}

/** `"*"` and `{ "AWS": "*" }` are the same. */
export function isAnyPrincipal(principal: Statement["Principal"]): boolean {
  return principal === "*" || (principal?.AWS?.includes("*") ?? false);
}
