import { createHash } from "node:crypto";
import { ProviderError } from "../../pulumi/provider.ts";
import { json, list, object, required, text, type Values } from "../declaration/field.ts";
import { lookup } from "./lookup.ts";

const principal = object({ type: text(required), identifiers: list(text(), required) });

const statement = {
  actions: list(text()),
  conditions: list(
    object({ test: text(required), variable: text(required), values: list(text(), required) }),
  ),
  effect: text(),
  notActions: list(text()),
  notPrincipals: list(principal),
  notResources: list(text()),
  principals: list(principal),
  resources: list(text()),
  sid: text(),
};

const args = {
  overridePolicyDocuments: list(json()),
  policyId: text(),
  sourcePolicyDocuments: list(json()),
  statements: list(object(statement)),
  version: text(),
};

type Given = Values<typeof args>;

type Principal = { readonly type: string; readonly identifiers: readonly string[] };

type Condition = {
  readonly test: string;
  readonly variable: string;
  readonly values: readonly string[];
};

/** A statement of a document; of its parts only its Sid matters here. */
type Statement = Readonly<Record<string, unknown>> & { readonly Sid?: unknown };

/** https://registry.terraform.io/providers/hashicorp/aws/latest/docs/data-sources/iam_policy_document */
export const policyDocument = lookup(
  "aws:iam/getPolicyDocument:getPolicyDocument",
  args,
  (_context, given) => {
    const document = documentOf(given);
    const json = escaped(JSON.stringify(document, undefined, 2));
    const id = createHash("sha256").update(json).digest().readUInt32BE().toString();
    return { id, json, minifiedJson: escaped(JSON.stringify(document)) };
  },
);

function documentOf(given: Given) {
  const { policyId, version = "2012-10-17", sourcePolicyDocuments = [] } = given;
  const sources = sourcePolicyDocuments.flatMap(statementsIn);
  const own = (given.statements ?? []).map(statementOf);
  checkSids([...sources, ...own]);
  const overrides = (given.overridePolicyDocuments ?? []).flatMap(statementsIn);
  return {
    Version: version,
    ...(policyId !== undefined && policyId !== "" && { Id: policyId }),
    Statement: overrides.reduce(overridden, [...sources, ...own]),
  };
}

/** In the order of AWS's provider, so that documents are the same to the letter. */
function statementOf(given: Values<typeof statement>): Statement {
  const { sid, effect = "Allow", conditions = [] } = given;
  return {
    ...(sid !== undefined && sid !== "" && { Sid: sid }),
    Effect: effect,
    ...texts("Action", given.actions),
    ...texts("NotAction", given.notActions),
    ...texts("Resource", given.resources),
    ...texts("NotResource", given.notResources),
    ...principals("Principal", given.principals),
    ...principals("NotPrincipal", given.notPrincipals),
    ...(conditions.length > 0 && { Condition: conditionsOf(conditions) }),
  };
}

function texts(name: string, values: readonly string[] = []) {
  return values.length === 0 ? {} : { [name]: oneOrAll(values) };
}

/** One value stands alone; several are in falling order, as AWS's provider sorts them. */
function oneOrAll(values: readonly string[]): string | readonly string[] {
  const [only] = values;
  return values.length === 1 && only !== undefined ? only : [...values].sort().reverse();
}

function principals(name: string, given: readonly Principal[] = []) {
  if (given.length === 0) return {};
  const byType = Map.groupBy(given, ({ type }) => type);
  const identifiers = (type: string) =>
    (byType.get(type) ?? []).flatMap((each) => each.identifiers);
  const isAnyone = byType.size === 1 && byType.has("*") && identifiers("*").join() === "*";
  if (isAnyone) return { [name]: "*" };
  const entries = [...byType.keys()].sort().map((type) => [type, oneOrAll(identifiers(type))]);
  return { [name]: Object.fromEntries(entries) };
}

function conditionsOf(given: readonly Condition[]) {
  const tests = Map.groupBy(given, ({ test }) => test);
  const entries = [...tests].sort(byName).map(([test, conditions]) => {
    const variables = Map.groupBy(conditions, ({ variable }) => variable);
    const values = [...variables].sort(byName).map(([variable, each]) => {
      return [variable, oneOrAll(each.flatMap((condition) => condition.values))];
    });
    return [test, Object.fromEntries(values)];
  });
  return Object.fromEntries(entries);
}

function byName([a]: readonly [string, unknown], [b]: readonly [string, unknown]): number {
  return a < b ? -1 : 1;
}

function statementsIn(document: string): Statement[] {
  const { Statement: statements = [] }: { Statement?: Statement | Statement[] } =
    JSON.parse(document);
  return Array.isArray(statements) ? statements : [statements];
}

function checkSids(statements: readonly Statement[]): void {
  const sids = statements.flatMap(({ Sid }) => (Sid === undefined || Sid === "" ? [] : [Sid]));
  const twice = sids.find((sid, index) => sids.indexOf(sid) !== index);
  if (twice === undefined) return;
  throw new ProviderError(
    `duplicate Sid (${String(twice)}): give each statement a Sid of its own, or use overridePolicyDocuments`,
  );
}

/** A statement takes the place of the one with its Sid. */
function overridden(statements: readonly Statement[], override: Statement): Statement[] {
  const hasSid = override.Sid !== undefined && override.Sid !== "";
  const index = hasSid ? statements.findIndex(({ Sid }) => Sid === override.Sid) : -1;
  return index < 0 ? [...statements, override] : statements.with(index, override);
}

/** Go's encoder escapes what could end a script in a page. */
function escaped(text: string): string {
  return text.replaceAll(/[<>&]/g, (each) => `\\u00${each.charCodeAt(0).toString(16)}`);
}
