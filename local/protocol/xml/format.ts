/** What an element may hold: a text, members by name (a list repeats its name), or nothing. */
export type XmlContent =
  | string
  | number
  | boolean
  | undefined
  | { readonly [name: string]: XmlContent | readonly XmlContent[] };

/** `<name>content</name>`; a member that is undefined is left out. */
export function formatXml(name: string, content: XmlContent, namespace?: string): string {
  if (content === undefined) return "";
  const attribute = namespace === undefined ? "" : ` xmlns="${escapeXml(namespace)}"`;
  return `<${name}${attribute}>${formatContent(content)}</${name}>`;
}

function formatContent(content: Exclude<XmlContent, undefined>): string {
  if (typeof content !== "object") return escapeXml(String(content));
  return Object.entries(content)
    .flatMap(([name, member]) => [member].flat().map((item) => formatXml(name, item)))
    .join("");
}

const entities: Readonly<Record<string, string>> = {
  "&": "&amp;",
  "<": "&lt;",
  ">": "&gt;",
  '"': "&quot;",
  // A bare carriage return would be read back as a line feed.
  "\r": "&#xD;",
};

export function escapeXml(text: string): string {
  return text.replace(/[&<>"\r]/g, (character) => entities[character] ?? character);
}
