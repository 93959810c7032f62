import {
  type Branch,
  type CompiledFilterPolicy,
  type Condition,
  compileFilterPolicy,
} from "./compile.ts";
import type { FilterPolicyScope } from "./filterPolicy.ts";
import {
  type Field,
  type Fields,
  type FieldsByScope,
  type FilteredMessage,
  fieldsByScope,
} from "./messageFields.ts";

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
  const result = matchMessage(compileFilterPolicy(policy, scope), fieldsByScope(message));
  return { matches: result.matches, reason: result.reason() };
}

export type MatchResult = {
  readonly matches: boolean;
  /** Names the key and the value that decided. A function, because most messages are not explained. */
  readonly reason: () => string;
  /**
   * Whether the key that the filter misses is in the message, but where this filter does not look: its scope is
   * probably a mistake. Absent for a message that matches.
   */
  readonly isElsewhere?: () => boolean;
};

/** Matches a message against a policy. */
export function matchMessage(
  policy: CompiledFilterPolicy,
  fieldsByScope: FieldsByScope,
): MatchResult {
  const fields = fieldsByScope(policy.scope);
  if (fields === undefined)
    return { matches: false, reason: () => "the body is not a JSON object" };
  const outcomes = policy.branches.map((branch) => matchBranch(branch, fields));
  const matching = outcomes.find(({ matches }) => matches);
  if (matching !== undefined) return matching;
  const hint = () => scopeHint(policy.scope, nearest(outcomes)?.missing, fieldsByScope);
  return {
    matches: false,
    reason: () => [nearest(outcomes)?.reason() ?? "", hint()].filter(Boolean).join("; "),
    isElsewhere: () => hint() !== undefined,
  };
}

/** The other place of the message, where the key is that the filter misses. */
function scopeHint(
  scope: FilterPolicyScope,
  missing: string | undefined,
  fieldsByScope: FieldsByScope,
): string | undefined {
  const other = scope === "MessageBody" ? "MessageAttributes" : "MessageBody";
  if (missing === undefined || !fieldsByScope(other)?.has(missing)) return undefined;
  return scope === "MessageBody"
    ? "an attribute has it, but the filter looks at the body"
    : "the body has it, but the filter looks at the attributes";
}

/** `conditionsMet` counts the conditions that hold, to find the nearest alternative. */
type Outcome = Omit<MatchResult, "isElsewhere"> & {
  readonly conditionsMet: number;
  /** The key that it asks for and the message has not. */
  readonly missing?: string;
};

function nearest(outcomes: readonly Outcome[]): Outcome | undefined {
  return [...outcomes].sort((a, b) => b.conditionsMet - a.conditionsMet)[0];
}

function matchBranch(branch: Branch, fields: Fields): Outcome {
  const candidates = branch.map((condition) => candidatesOf(condition, fields));
  const conditionsMet = candidates.filter((fitting) => fitting !== undefined).length;
  const refused = branch[candidates.indexOf(undefined)];
  if (refused !== undefined) {
    const reason = () => mismatch(refused, fields);
    const { path } = refused;
    return { matches: false, conditionsMet, reason, ...(!fields.has(path) && { missing: path }) };
  }
  const chosen = selectCompatible(candidates.map((fitting) => fitting ?? []));
  return chosen === undefined
    ? { matches: false, conditionsMet, reason: () => differentElements(branch) }
    : { matches: true, conditionsMet, reason: () => matchText(branch, chosen) };
}

const absent: Field = { value: null, elements: new Map() };

/** The fields that meet a condition; none is needed if absence meets it. */
function candidatesOf(condition: Condition, fields: Fields): readonly Field[] | undefined {
  const present = fields.get(condition.path);
  if (present === undefined) return condition.mayBeAbsent ? [absent] : undefined;
  const fitting = present.filter(({ value }) => condition.tests.some((fits) => fits(value)));
  return fitting.length > 0 ? fitting : undefined;
}

/** One field for each condition, such that no two are in different elements of one list. */
function selectCompatible(
  candidates: readonly (readonly Field[])[],
  elements: ReadonlyMap<object, number> = new Map(),
): Field[] | undefined {
  const [first, ...rest] = candidates;
  if (first === undefined) return [];
  for (const field of first) {
    if (!compatible(field.elements, elements)) continue;
    const others = selectCompatible(rest, new Map([...elements, ...field.elements]));
    if (others !== undefined) return [field, ...others];
  }
  return undefined;
}

function compatible(a: ReadonlyMap<object, number>, b: ReadonlyMap<object, number>): boolean {
  return [...a].every(([list, index]) => (b.get(list) ?? index) === index);
}

function mismatch({ path, asked }: Condition, fields: Fields): string {
  const present = fields.get(path);
  if (present === undefined) return `"${path}" is missing, the filter asks for ${asked}`;
  const shown = present.slice(0, 5).map(({ value }) => JSON.stringify(value));
  const more = present.length > shown.length ? ", ..." : "";
  return `"${path}" is ${shown.join(", ")}${more}, the filter asks for ${asked}`;
}

function differentElements(branch: Branch): string {
  const paths = branch.map(({ path }) => `"${path}"`).join(", ");
  return `${paths} fit one by one, but not in one and the same element of a list`;
}

function matchText(branch: Branch, chosen: readonly Field[]): string {
  const facts = branch.map(({ path }, index) => {
    const field = chosen[index];
    return field === absent || field === undefined
      ? `"${path}" is missing`
      : `"${path}" is ${JSON.stringify(field.value)}`;
  });
  return facts.length === 0 ? "the filter policy is empty" : facts.join(" and ");
}
