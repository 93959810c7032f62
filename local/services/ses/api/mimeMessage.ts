import type { Attachment } from "./email.ts";
import { decodeContent, decodeWords } from "./mimeEncoding.ts";

/** What a reader of a message of RFC 5322 sees. */
export type MimeMessage = {
  /** The first of each name, in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly text: string;
  readonly html?: string;
  readonly attachments: readonly Attachment[];
};

type Entity = { readonly headers: Readonly<Record<string, string>>; readonly body: string };

/**
 * Reads a message: its headers, the first plain text and the first HTML in it, and what is attached.
 * @param source as sent, a byte for a character
 */
export function readMimeMessage(source: string): MimeMessage {
  const message = readEntity(source);
  const parts = leavesOf(message);
  const body = (type: string) => parts.find((part) => typeOf(part) === type && !isAttached(part));
  const html = body("text/html");
  const text = body("text/plain");
  return {
    headers: message.headers,
    text: text ? textOf(text) : "",
    ...(html && { html: textOf(html) }),
    attachments: parts.filter((part) => part !== html && part !== text).map(attachmentOf),
  };
}

function readEntity(source: string): Entity {
  const gap = /(?:^|\r?\n)\r?\n/.exec(source);
  const end = gap?.index ?? source.length;
  const headers: Record<string, string> = {};
  // A line that begins with white space goes on with the line before.
  const lines = source
    .slice(0, end)
    .replace(/\r?\n[ \t]+/g, " ")
    .split(/\r?\n/);
  for (const line of lines) {
    const [, name, value] = /^([!-9;-~]+):\s*(.*)$/.exec(line) ?? [];
    if (name === undefined || value === undefined) continue;
    headers[name.toLowerCase()] ??= decodeWords(value.trim());
  }
  return { headers, body: source.slice(end + (gap?.[0].length ?? 0)) };
}

function leavesOf(entity: Entity): Entity[] {
  const boundary = parameterOf(entity.headers["content-type"], "boundary");
  if (!typeOf(entity).startsWith("multipart/") || boundary === undefined) return [entity];
  const delimiter = new RegExp(`(?:^|\\r?\\n)--${escapeRegExp(boundary)}`);
  const [, ...sections] = entity.body.split(delimiter);
  return sections
    .filter((section) => !section.startsWith("--"))
    .flatMap((section) => leavesOf(readEntity(section.replace(/^[^\n]*\n/, ""))));
}

function escapeRegExp(text: string): string {
  return text.replace(/[\\^$.*+?()[\]{}|/-]/g, "\\$&");
}

function typeOf({ headers }: Entity): string {
  return (headers["content-type"] ?? "text/plain").split(";")[0]?.trim().toLowerCase() ?? "";
}

function isAttached({ headers }: Entity): boolean {
  return headers["content-disposition"]?.toLowerCase().startsWith("attachment") ?? false;
}

function textOf(part: Entity): string {
  const charset = parameterOf(part.headers["content-type"], "charset") ?? "utf-8";
  const bytes = decodeContent(part.body, part.headers["content-transfer-encoding"]);
  return decodeText(bytes, charset).replace(/\r?\n$/, "");
}

function decodeText(bytes: Buffer, charset: string): string {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    // A charset that is not known is read as most are: as UTF-8.
    return bytes.toString("utf8");
  }
}

function attachmentOf(part: Entity): Attachment {
  const name =
    parameterOf(part.headers["content-disposition"], "filename") ??
    parameterOf(part.headers["content-type"], "name") ??
    "unnamed";
  const bytes = decodeContent(part.body, part.headers["content-transfer-encoding"]).length;
  return { name, type: typeOf(part), bytes };
}

function parameterOf(header: string | undefined, name: string): string | undefined {
  const match = new RegExp(`;\\s*${name}=(?:"([^"]*)"|([^;\\s]+))`, "i").exec(header ?? "");
  return match?.[1] ?? match?.[2];
}
