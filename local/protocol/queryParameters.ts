/** The parameters of a call in the query protocol, in the order in which they were sent. */
export type Parameters = Iterable<readonly [name: string, text: string]>;

type Node = { text?: string; readonly children: Map<string, Node> };

/** The input that parameters such as `Tags.member.1.Key=team` stand for. */
export function readParameters(parameters: Parameters): Readonly<Record<string, unknown>> {
  const root: Node = { children: new Map() };
  for (const [name, text] of parameters) nodeAt(root, name.split(".")).text = text;
  return readStructure(root);
}

function nodeAt(root: Node, path: readonly string[]): Node {
  return path.reduce((node, name) => {
    const known = node.children.get(name);
    if (known !== undefined) return known;
    const child: Node = { children: new Map() };
    node.children.set(name, child);
    return child;
  }, root);
}

function readValue(node: Node): unknown {
  const members = node.children.get("member");
  if (members !== undefined) return itemsOf(members).map(readValue);
  const entries = node.children.get("entry");
  if (entries !== undefined) return Object.fromEntries(itemsOf(entries).map(readEntry));
  return node.children.size === 0 ? node.text : readStructure(node);
}

function readStructure(node: Node): Record<string, unknown> {
  return Object.fromEntries([...node.children].map(([name, child]) => [name, readValue(child)]));
}

/** The children `1`, `2`, ... in the order of their numbers, which need not be the order sent. */
function itemsOf(node: Node): Node[] {
  return [...node.children].sort(([a], [b]) => Number(a) - Number(b)).map(([, child]) => child);
}

/** SNS names the two halves of an entry `Name` and `Value` in one map, `key` and `value` in the others. */
function readEntry(node: Node): [string, unknown] {
  const key = node.children.get("key") ?? node.children.get("Name");
  const value = node.children.get("value") ?? node.children.get("Value");
  return [key?.text ?? "", value === undefined ? "" : readValue(value)];
}

/**
 * The parameters that stand for an input: the reverse of `readParameters`. As in an output, an array is a
 * list, a `Map` is a map, any other object is a structure, and a member that is undefined or null is left out.
 */
export function flatParameters(input: object): [name: string, text: string][] {
  return Object.entries(input).flatMap(([name, value]) => flat(name, value));
}

function flat(name: string, value: unknown): [name: string, text: string][] {
  if (value === undefined || value === null) return [];
  if (typeof value !== "object") return [[name, String(value)]];
  const parts = partsOf(value);
  // An empty list or map is sent as an empty text.
  if (parts.length === 0) return [[name, ""]];
  return parts.flatMap(([part, item]) => flat(`${name}.${part}`, item));
}

function partsOf(value: object): [name: string, item: unknown][] {
  if (Array.isArray(value)) return value.map((item, index) => [`member.${index + 1}`, item]);
  if (!(value instanceof Map)) return Object.entries(value);
  return [...value].map(([key, item], index) => [`entry.${index + 1}`, { key, value: item }]);
}
