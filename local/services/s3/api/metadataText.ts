/**
 * User metadata beyond ASCII, which S3 stores as text and sends as encoded words (RFC 2047).
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/UsingMetadata.html#UserMetadata
 */

const encodedWord = /^=\?UTF-8\?(?<encoding>[BQ])\?(?<content>.*)\?=$/i;

/** The text of a header's value: its bytes are UTF-8, and it may be an encoded word. */
export function decodeMetadata(value: string): string {
  const { encoding, content = "" } = encodedWord.exec(value)?.groups ?? {};
  if (encoding === undefined) return isLatin1(value) ? utf8Of(value) : value;
  if (encoding.toUpperCase() === "B") return Buffer.from(content, "base64").toString("utf8");
  const bytes = content
    .replaceAll("_", " ")
    .replace(/=([0-9A-F]{2})/gi, (_, code) => String.fromCharCode(Number.parseInt(code, 16)));
  return utf8Of(bytes);
}

/** A header's value for the text: mostly printable text is written by characters, other text in base64. */
export function encodeMetadata(text: string): string {
  const characters = [...text];
  const printable = characters.filter((character) => isPrintable(character)).length;
  if (printable === characters.length) return text;
  if (printable <= characters.length - printable) {
    return encodedWordOf(text);
  }
  return `=?UTF-8?Q?${[...Buffer.from(text)].map(quotedByte).join("")}?=`;
}

/** A header's value that is decoded to the text, whatever it holds. */
export function encodedWordOf(text: string): string {
  return `=?UTF-8?B?${Buffer.from(text).toString("base64")}?=`;
}

/** Whether HTTP can send the value as it is: letters of ISO-8859-1, no control character but a tab. */
export function isHeaderValue(value: string): boolean {
  return /^[\t\x20-\x7e\x80-\xff]*$/.test(value);
}

function isLatin1(value: string): boolean {
  return [...value].every((character) => (character.codePointAt(0) ?? 0) <= 0xff);
}

function utf8Of(bytes: string): string {
  return Buffer.from(bytes, "latin1").toString("utf8");
}

function isPrintable(character: string): boolean {
  return /^[\t\x20-\x7e]$/.test(character);
}

function quotedByte(byte: number): string {
  const character = String.fromCharCode(byte);
  if (character === " ") return "_";
  if (isPrintable(character) && !"=_?".includes(character)) return character;
  return `=${byte.toString(16).toUpperCase().padStart(2, "0")}`;
}
