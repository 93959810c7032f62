import { XMLParser, XMLValidator } from "fast-xml-parser";

/** An element: its children in document order, and the text that stands directly in it. */
export type XmlElement = {
  readonly name: string;
  /** By name, without namespace prefixes. */
  readonly attributes: Readonly<Record<string, string>>;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

const parser = new XMLParser({
  preserveOrder: true,
  ignoreAttributes: false,
  attributeNamePrefix: "",
  parseAttributeValue: false,
  removeNSPrefix: true,
  ignoreDeclaration: true,
  ignorePiTags: true,
  parseTagValue: false,
  trimValues: false,
  // Without it character references such as `&#13;` would stay as they are.
  htmlEntities: true,
});

/**
 * Parses the small documents that AWS's APIs accept. Namespace prefixes and comments are dropped; white
 * space is kept, because it may belong to a key.
 *
 * @returns the root element, or undefined when the text is not well formed or has a document type
 */
export function parseXml(document: string): XmlElement | undefined {
  if (document.includes("<!DOCTYPE") || XMLValidator.validate(document) !== true) return undefined;
  const roots = elementsIn(parsed(document));
  return roots.length === 1 ? roots[0] : undefined;
}

/** The validator accepts some damaged declarations and instructions at which the parser throws. */
function parsed(document: string): unknown {
  try {
    return parser.parse(document);
  } catch {
    return undefined;
  }
}

/** The first child of that name. */
export function childOf(element: XmlElement, name: string): XmlElement | undefined {
  return element.children.find((child) => child.name === name);
}

export function childrenOf(element: XmlElement, name: string): XmlElement[] {
  return element.children.filter((child) => child.name === name);
}

/** The text of the first child of that name. */
export function textOf(element: XmlElement, name: string): string | undefined {
  return childOf(element, name)?.text;
}

/** The parser returns an object for each node: its name or `#text` with its content, and its attributes. */
function elementsIn(nodes: unknown): XmlElement[] {
  return nodesIn(nodes).flatMap(({ [attributesNode]: attributes, ...node }) =>
    Object.entries(node)
      .filter(([name]) => name !== textNode)
      .map(([name, content]) => ({
        name,
        attributes: textsIn(attributes),
        children: elementsIn(content),
        text: textIn(content),
      })),
  );
}

function textIn(nodes: unknown): string {
  return nodesIn(nodes)
    .flatMap(({ [textNode]: text }) => (text === undefined ? [] : [String(text)]))
    .join("");
}

function textsIn(attributes: unknown): Record<string, string> {
  const entries = isObject(attributes) ? Object.entries(attributes) : [];
  return Object.fromEntries(entries.map(([name, value]) => [name, String(value)]));
}

const textNode = "#text";
const attributesNode = ":@";

function nodesIn(nodes: unknown): Readonly<Record<string, unknown>>[] {
  return Array.isArray(nodes) ? nodes.filter(isObject) : [];
}

function isObject(value: unknown): value is Readonly<Record<string, unknown>> {
  return typeof value === "object" && value !== null;
}

/** What an element may hold: a text, members by name (a list repeats its name), or nothing. */
export type XmlContent =
  | string
  | number
  | boolean
  | undefined
  | { readonly [name: string]: XmlContent | readonly XmlContent[] };

/** Marks a member that is an attribute of its element. */
const attributeMark = "@";

/**
 * `<name>content</name>`; a member that is undefined is left out, one whose name begins with `@` is an attribute.
 *
 * Not by fast-xml-parser's builder: every answer of SNS, S3 and the query protocols passes here, and the builder needs
 * the content to be copied with its texts escaped.
 */
export function formatXml(name: string, content: XmlContent, namespace?: string): string {
  return element(name, content, namespace === undefined ? "" : attribute("xmlns", namespace));
}

function element(name: string, content: XmlContent, attributes = ""): string {
  if (content === undefined) return "";
  if (typeof content !== "object") {
    return `<${name}${attributes}>${escapeXml(String(content))}</${name}>`;
  }
  let own = attributes;
  let children = "";
  for (const [member, value] of Object.entries(content)) {
    if (isList(value)) for (const item of value) children += element(member, item);
    else if (member.startsWith(attributeMark)) own += attribute(member.slice(1), String(value));
    else children += element(member, value);
  }
  return `<${name}${own}>${children}</${name}>`;
}

function attribute(name: string, value: string): string {
  return ` ${name}="${escapeXml(value)}"`;
}

function isList(member: XmlContent | readonly XmlContent[]): member is readonly XmlContent[] {
  return Array.isArray(member);
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A parser reads a bare carriage return as a line feed.
  "\r": "&#xD;",
};

function escapeXml(text: string): string {
  return /[&<>"\r]/.test(text)
    ? text.replace(/[&<>"\r]/g, (character) => entities[character] ?? character)
    : text;
}
