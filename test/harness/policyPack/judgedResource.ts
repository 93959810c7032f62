import type { Properties, Resource } from "../../../policyPack/rule.ts";
import { rules } from "../../../policyPack/rules/index.ts";
import * as types from "../../../policyPack/types.ts";
import { violations } from "./judgedStack.ts";

/** A statement that asks for TLS. */
export const asksForTls = {
  Sid: "DenyInsecureTransport",
  Effect: "Deny",
  Principal: "*",
  Action: "sqs:*",
  Resource: "*",
  Condition: { Bool: { "aws:SecureTransport": "false" } },
};

/** Properties that keep to every rule, by type. */
export const good: Readonly<Record<string, Properties>> = {
  [types.topic]: { kmsMasterKeyId: "alias/orders" },
  [types.topicPolicy]: { policy: document() },
  [types.queue]: { sqsManagedSseEnabled: true, policy: document() },
  [types.queuePolicy]: { policy: document() },
  [types.bucket]: { policy: document() },
  [types.bucketPolicy]: { policy: document() },
  [types.table]: { serverSideEncryption: { enabled: true } },
  [types.key]: { enableKeyRotation: true },
  [types.keyPolicy]: { policy: document() },
  [types.lambdaFunction]: { loggingConfig: { logFormat: "JSON", logGroup: "orders" } },
  [types.mapping]: {},
  [types.logGroup]: { retentionInDays: 30 },
  [types.role]: { assumeRolePolicy: document() },
  [types.rolePolicy]: { policy: document() },
  [types.managedPolicy]: { policy: document() },
  [types.policyAttachment]: { policyArn: "arn:aws:iam::aws:policy/AWSXRayDaemonWriteAccess" },
};

/** Names of the rules that one resource breaks by itself. */
export function found(type: string, props: Properties): string[] {
  const alone = rules.filter(({ scope }) => scope === "resource");
  return violations(alone, [resource(type, props)]).map(ruleOf);
}

/** Names of the rules that resources break together. */
export function broken(resources: readonly Resource[]): string[] {
  return violations(rules, resources).map(ruleOf);
}

function ruleOf(violation: string): string {
  return violation.slice(0, violation.indexOf(":"));
}

/** A resource that keeps to every rule, but for the properties given. */
export function resource(
  type: string,
  props: Properties,
  dependencies: readonly Resource[] = [],
  name = "orders",
): Resource {
  const tags = { project: "fanout", stack: "dev" };
  return { type, name, props: { tags, ...good[type], ...props }, dependencies };
}

/** A policy that asks for TLS, with a grant. */
export function document(statement?: object): string {
  const grant = statement && { Sid: "Grant", Effect: "Allow", ...statement };
  const statements = grant ? [grant, asksForTls] : [asksForTls];
  return JSON.stringify({ Version: "2012-10-17", Statement: statements });
}
