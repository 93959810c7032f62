/** An element: its children in the order read, and the text that stands directly in it. */
export type XmlElement = {
  readonly name: string;
  readonly children: readonly XmlElement[];
  readonly text: string;
};

type OpenElement = { readonly name: string; readonly children: XmlElement[]; text: string };

const part =
  /<!--[\s\S]*?-->|<\?[\s\S]*?\?>|<!\[CDATA\[(?<verbatim>[\s\S]*?)\]\]>|<\/(?<closed>[^\s<>]+)\s*>|<(?<opened>[^\s/<>!?]+)[^<>]*?(?<empty>\/?)>|(?<text>[^<]+)|(?<stray><)/g;

/**
 * The root element of a document, without attributes and namespace prefixes. Made for the small
 * documents that AWS's APIs take: no document type, no entities but XML's own.
 * @returns undefined when the text is not such a document
 */
export function parseXml(document: string): XmlElement | undefined {
  const outside = openElement("");
  const path = [outside];
  for (const { groups = {} } of document.matchAll(part)) {
    if (!readPart(groups, path)) return undefined;
  }
  return path.length === 1 && outside.children.length === 1 ? outside.children[0] : undefined;
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

function readPart(groups: Readonly<Record<string, string>>, path: OpenElement[]): boolean {
  const top = path.at(-1);
  if (top === undefined || groups.stray !== undefined) return false;
  if (groups.verbatim !== undefined) top.text += groups.verbatim;
  if (groups.text !== undefined) top.text += unescapeXml(groups.text);
  if (groups.opened !== undefined) {
    const element = openElement(localName(groups.opened));
    top.children.push(element);
    if (!groups.empty) path.push(element);
  }
  if (groups.closed !== undefined) {
    path.pop();
    return path.length > 0 && top.name === localName(groups.closed);
  }
  return true;
}

function openElement(name: string): OpenElement {
  return { name, children: [], text: "" };
}

function localName(name: string): string {
  return name.slice(name.indexOf(":") + 1);
}

const characters: Readonly<Record<string, string>> = {
  amp: "&",
  lt: "<",
  gt: ">",
  quot: '"',
  apos: "'",
};

function unescapeXml(text: string): string {
  return text.replace(/&(?:#x([0-9a-f]+)|#(\d+)|(\w+));/gi, (entity, hex, decimal, name) => {
    if (name !== undefined) return characters[name] ?? entity;
    const code = hex === undefined ? Number(decimal) : Number.parseInt(hex, 16);
    return code <= 0x10ffff ? String.fromCodePoint(code) : entity;
  });
}
