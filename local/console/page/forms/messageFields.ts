/** A member of a topic's messages, as the examples have it. */
export type MessageField = {
  /** From the outside in: `["customer", "email"]`. */
  readonly path: readonly string[];
  readonly kind: Kind;
  /** Whether every example has it. */
  readonly required: boolean;
  /** Those of the examples, for texts. */
  readonly values: readonly string[];
};

type Kind = "text" | "number" | "boolean";
type Scalar = string | number | boolean;
type Document = Readonly<Record<string, unknown>>;

/** The most fields that are offered: a message with more is easier to write as text. */
const mostFields = 16;

/** How many levels of objects are looked into. */
const deepest = 3;

/**
 * The fields of a form for messages like these: their texts, numbers and booleans, without what is in arrays. What is
 * of two kinds among the examples is left out.
 *
 * @param messages the examples as they are published; those that are no object have no fields
 */
export function fieldsOf(messages: readonly string[]): MessageField[] {
  const documents = messages.map(parseObject).filter((document) => document !== undefined);
  const found = documents.flatMap((document) => leavesOf(document, []));
  return [...Map.groupBy(found, ({ path }) => nameOf(path)).values()]
    .flatMap((leaves) => fieldOf(leaves, documents.length))
    .slice(0, mostFields);
}

/** A field's name, such as `customer.email`. */
export function nameOf(path: readonly string[]): string {
  return path.join(".");
}

/** The object that a text is in JSON; undefined for any other text. */
export function parseObject(text: string): Document | undefined {
  try {
    const value: unknown = JSON.parse(text);
    return isObject(value) ? value : undefined;
  } catch {
    // A message need not be JSON.
    return undefined;
  }
}

/** What a document has at a path. */
export function valueAt(document: Document, [name = "", ...rest]: readonly string[]): unknown {
  const value = Object.hasOwn(document, name) ? document[name] : undefined;
  if (rest.length === 0) return value;
  return isObject(value) ? valueAt(value, rest) : undefined;
}

/** The document with another value at a path. @param value undefined removes the member */
export function withValueAt(
  document: Document,
  [name = "", ...rest]: readonly string[],
  value: Scalar | undefined,
): Document {
  const inner = document[name];
  const changed =
    rest.length === 0 ? value : withValueAt(isObject(inner) ? inner : {}, rest, value);
  return Object.fromEntries(
    Object.entries({ ...document, [name]: changed }).filter(([, each]) => each !== undefined),
  );
}

type Leaf = { readonly path: readonly string[]; readonly value: Scalar };

function leavesOf(document: Document, above: readonly string[]): Leaf[] {
  return Object.entries(document).flatMap(([name, value]) => {
    const path = [...above, name];
    if (isScalar(value)) return [{ path, value }];
    return isObject(value) && path.length < deepest ? leavesOf(value, path) : [];
  });
}

function fieldOf(leaves: readonly Leaf[], documents: number): MessageField[] {
  const kinds = new Set(leaves.map(({ value }) => kindOf(value)));
  const [first] = leaves;
  const [kind] = kinds;
  if (first === undefined || kind === undefined || kinds.size > 1) return [];
  const texts = leaves.flatMap(({ value }) => (typeof value === "string" ? [value] : []));
  return [
    { path: first.path, kind, required: leaves.length === documents, values: [...new Set(texts)] },
  ];
}

function kindOf(value: Scalar): Kind {
  return typeof value === "string" ? "text" : typeof value === "number" ? "number" : "boolean";
}

function isScalar(value: unknown): value is Scalar {
  return ["string", "number", "boolean"].includes(typeof value);
}

function isObject(value: unknown): value is Document {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
