/** A policy as the evaluator reads it: every list is a list, and nothing is left to guess. */
export type Policy = {
  /** Where it is attached, for the explanations: `the policy of arn:...`. */
  readonly name: string;
  readonly statements: readonly PolicyStatement[];
};

export type PolicyStatement = {
  readonly sid: string;
  readonly effect: "Allow" | "Deny";
  /** Absent in a role's own policy, where the role is meant. */
  readonly principal?: PrincipalElement;
  readonly action: NameElement;
  /** Absent in a trust policy: the role itself is meant. */
  readonly resource?: NameElement;
  readonly conditions: readonly Condition[];
};

/** `Action` or `NotAction`, `Resource` or `NotResource`. */
export type NameElement = { readonly not: boolean; readonly patterns: readonly string[] };

export type PrincipalElement = {
  readonly not: boolean;
  readonly anyone: boolean;
  /** ARNs and account numbers. */
  readonly aws: readonly string[];
  readonly services: readonly string[];
};

export type Condition = {
  readonly operator: string;
  readonly key: string;
  readonly values: readonly string[];
};

/** A policy that cannot be read is an error, never a policy that allows. */
export class PolicyError extends Error {}

/** Reads a policy document: its JSON text, or the object. */
export function parsePolicy(name: string, document: unknown): Policy {
  const root = typeof document === "string" ? parseJson(name, document) : document;
  const statements = asList(field(asObject(name, root), "Statement"));
  return { name, statements: statements.map((each, index) => parseStatement(name, each, index)) };
}

type JsonObject = Readonly<Record<string, unknown>>;

function parseStatement(name: string, document: unknown, index: number): PolicyStatement {
  const statement = asObject(name, document);
  const sid = statement.Sid === undefined ? `statement ${index + 1}` : String(statement.Sid);
  const where = `${name}, ${sid}`;
  refuseUnknown(where, statement);
  const { Effect: effect } = statement;
  if (effect !== "Allow" && effect !== "Deny") {
    throw new PolicyError(`${where}: Effect must be Allow or Deny (given ${show(effect)})`);
  }
  const action = nameElement(where, statement, "Action");
  if (action === undefined) throw new PolicyError(`${where}: Action is missing`);
  const principal = principalElement(where, statement);
  const resource = nameElement(where, statement, "Resource");
  return {
    sid,
    effect,
    ...(principal && { principal }),
    action,
    ...(resource && { resource }),
    conditions: conditions(where, statement.Condition),
  };
}

const statementFields = new Set([
  "Sid",
  "Effect",
  "Principal",
  "NotPrincipal",
  "Action",
  "NotAction",
  "Resource",
  "NotResource",
  "Condition",
]);

function refuseUnknown(where: string, statement: JsonObject): void {
  for (const name of Object.keys(statement)) {
    if (!statementFields.has(name)) throw new PolicyError(`${where}: unknown field ${show(name)}`);
  }
}

function nameElement(
  where: string,
  statement: JsonObject,
  name: "Action" | "Resource",
): NameElement | undefined {
  const positive = statement[name];
  const negative = statement[`Not${name}`];
  if (positive !== undefined && negative !== undefined) {
    throw new PolicyError(`${where}: ${name} and Not${name} exclude each other`);
  }
  const given = positive ?? negative;
  if (given === undefined) return undefined;
  return { not: negative !== undefined, patterns: asTexts(`${where}: ${name}`, given) };
}

function principalElement(where: string, statement: JsonObject): PrincipalElement | undefined {
  const { Principal: positive, NotPrincipal: negative } = statement;
  const given = positive ?? negative;
  if (given === undefined) return undefined;
  const not = negative !== undefined;
  if (given === "*") return { not, anyone: true, aws: [], services: [] };
  const element = asObject(`${where}: Principal`, given);
  for (const kind of Object.keys(element)) {
    if (kind !== "AWS" && kind !== "Service") {
      throw new PolicyError(`${where}: principals of kind ${show(kind)} are not supported`);
    }
  }
  const aws = asTexts(`${where}: Principal.AWS`, element.AWS ?? []);
  const services = asTexts(`${where}: Principal.Service`, element.Service ?? []);
  return { not, anyone: aws.includes("*"), aws, services };
}

function conditions(where: string, block: unknown): Condition[] {
  if (block === undefined) return [];
  return Object.entries(asObject(`${where}: Condition`, block)).flatMap(([operator, keys]) =>
    Object.entries(asObject(`${where}: Condition.${operator}`, keys)).map(([key, values]) => ({
      operator,
      key,
      values: asTexts(`${where}: Condition.${operator}.${key}`, values),
    })),
  );
}

function asTexts(where: string, value: unknown): string[] {
  return asList(value).map((each) => {
    if (typeof each === "boolean" || typeof each === "number") return String(each);
    if (typeof each !== "string")
      throw new PolicyError(`${where} must be text (given ${show(each)})`);
    if (each.includes("${")) {
      throw new PolicyError(`${where}: policy variables are not supported (given ${show(each)})`);
    }
    return each;
  });
}

function parseJson(name: string, text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (cause) {
    throw new PolicyError(`${name} is not JSON`, { cause });
  }
}

function asObject(where: string, value: unknown): JsonObject {
  if (typeof value !== "object" || value === null || Array.isArray(value)) {
    throw new PolicyError(`${where} must be an object (given ${show(value)})`);
  }
  return Object.fromEntries(Object.entries(value));
}

function field(object: JsonObject, name: string): unknown {
  return object[name] ?? [];
}

function asList(value: unknown): unknown[] {
  return Array.isArray(value) ? value : [value];
}

function show(value: unknown): string {
  return JSON.stringify(value) ?? String(value);
}
