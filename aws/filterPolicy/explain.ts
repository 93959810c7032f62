import { compileFilterPolicy } from "./compile.ts";
import type { FilterPolicyScope } from "./filterPolicy.ts";
import { judge } from "./match.ts";
import { type FilteredMessage, fieldsByScope } from "./messageFields.ts";

export type Verdict = {
  readonly matches: boolean;
  /** Names the key and the value that decided. */
  readonly reason: string;
};

/**
 * Whether a message passes a filter policy, and why.
 *
 * @throws when the policy is invalid
 */
export function explain(
  policy: unknown,
  scope: FilterPolicyScope,
  message: FilteredMessage,
): Verdict {
  const judgement = judge(compileFilterPolicy(policy, scope), fieldsByScope(message));
  return { matches: judgement.matches, reason: judgement.reason() };
}
