import type { Properties, ResourceRule, StackRule } from "../rule.ts";
import { type Statement, statementsOf } from "../statements.ts";
import { bucket, bucketPolicy, queue, queuePolicy, topic, topicPolicy } from "../types.ts";

/** A policy that says nothing of TLS lets plain HTTP in. */
export const policiesAskForTls: ResourceRule = {
  name: "policies-ask-for-tls",
  description: "Policies of topics, queues and buckets refuse calls that are not made over TLS.",
  scope: "resource",
  types: [topicPolicy, queue, queuePolicy, bucketPolicy],
  problems: ({ policy }: Properties) =>
    policy === undefined || asksForTls({ policy })
      ? []
      : ["the policy takes plain HTTP; add a Deny for aws:SecureTransport false"],
};

/** Where each kind of policy is kept, besides on the resource itself. */
const policyTypes: Readonly<Record<string, string>> = {
  [topic]: topicPolicy,
  [queue]: queuePolicy,
  [bucket]: bucketPolicy,
};

/** Without a policy there is nothing that could ask for TLS. */
export const everyoneHasAPolicy: StackRule = {
  name: "topics-queues-buckets-have-a-policy",
  description: "Topics, queues and buckets have a policy, which asks for TLS.",
  scope: "stack",
  types: Object.keys(policyTypes),
  problems: (resource, all) => {
    const type = policyTypes[resource.type];
    const hasOne = all.some((each) => each.type === type && each.dependencies.includes(resource));
    return hasOne || asksForTls(resource.props) ? [] : ["has no policy that refuses plain HTTP"];
  },
};

function asksForTls({ policy }: Properties): boolean {
  return statementsOf(policy).some(refusesPlainHttp);
}

function refusesPlainHttp({ Effect, Principal, Condition }: Statement): boolean {
  const secure = Condition?.Bool?.["aws:SecureTransport"];
  return Effect === "Deny" && isEverybody(Principal) && String(secure) === "false";
}

/** `"*"` and `{ "AWS": "*" }` are the same. */
export function isEverybody(principal: Statement["Principal"]): boolean {
  return principal === "*" || (principal?.AWS?.includes("*") ?? false);
}
