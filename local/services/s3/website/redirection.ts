import * as v from "valibot";
import type { RoutingRule } from "../configuration/website.ts";

const routingRule = v.object({
  Condition: v.optional(
    v.object({
      KeyPrefixEquals: v.optional(v.string()),
      HttpErrorCodeReturnedEquals: v.optional(v.pipe(v.unknown(), v.transform(String))),
    }),
  ),
  Redirect: v.object({
    HostName: v.optional(v.string()),
    HttpRedirectCode: v.optional(v.pipe(v.unknown(), v.transform(String))),
    Protocol: v.optional(v.string()),
    ReplaceKeyPrefixWith: v.optional(v.string()),
    ReplaceKeyWith: v.optional(v.string()),
  }),
});

/**
 * @param text JSON as the console and AWS's provider take it
 * @throws Error that names the part that is wrong
 */
export function parseRoutingRules(text: string): RoutingRule[] {
  const result = v.safeParse(v.pipe(v.string(), v.parseJson(), v.array(routingRule)), text);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new Error(`routing rules of a website: ${v.getDotPath(issue) ?? ""}: ${issue.message}`);
}

/**
 * Where the first rule that matches sends a request.
 *
 * @param status of the answer, for rules about errors; absent before the object is read
 * @returns the other key, and the host where it is another
 */
export function redirectOf(rules: readonly RoutingRule[], key: string, status?: number) {
  const rule = rules.find(({ Condition = {} }) => {
    const { KeyPrefixEquals: prefix, HttpErrorCodeReturnedEquals: code } = Condition;
    const isOfTurn = status === undefined ? code === undefined : code === String(status);
    return isOfTurn && (prefix === undefined || key.startsWith(prefix));
  });
  if (rule === undefined) return undefined;
  const { HostName, HttpRedirectCode = "301", Protocol, ...replacement } = rule.Redirect;
  const { ReplaceKeyWith, ReplaceKeyPrefixWith } = replacement;
  const prefix = rule.Condition?.KeyPrefixEquals ?? "";
  const rest = key.slice(prefix.length);
  const otherKey =
    ReplaceKeyWith ?? (ReplaceKeyPrefixWith === undefined ? key : ReplaceKeyPrefixWith + rest);
  return {
    key: otherKey,
    status: Number(HttpRedirectCode),
    hostName: HostName,
    protocol: Protocol ?? "http",
  };
}
