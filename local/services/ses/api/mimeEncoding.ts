/** The bytes of a part's body. @param encoding of `Content-Transfer-Encoding` */
export function decodeContent(body: string, encoding = "7bit"): Buffer {
  switch (encoding.trim().toLowerCase()) {
    case "base64":
      return Buffer.from(body, "base64");
    case "quoted-printable":
      return decodeQuotedPrintable(body.replace(/=[ \t]*\r?\n/g, ""));
    default:
      return Buffer.from(body, "latin1");
  }
}

/** A header's text: words such as `=?utf-8?B?...?=` may stand in it (RFC 2047), or UTF-8 as it is. */
export function decodeWords(header: string): string {
  const utf8 = Buffer.from(header, "latin1").toString("utf8");
  return (
    utf8
      // White space between two such words is not a part of the text.
      .replace(/(\?=)\s+(?==\?)/g, "$1")
      .replace(/=\?([^?]+)\?([bq])\?([^?]*)\?=/gi, (word, charset, kind, content) => {
        const bytes =
          kind.toLowerCase() === "b"
            ? Buffer.from(content, "base64")
            : decodeQuotedPrintable(content.replaceAll("_", " "));
        return decodeIn(charset, bytes) ?? word;
      })
  );
}

function decodeQuotedPrintable(text: string): Buffer {
  const bytes = text.replace(/=([0-9a-f]{2})/gi, (_, hex) =>
    String.fromCharCode(Number.parseInt(hex, 16)),
  );
  return Buffer.from(bytes, "latin1");
}

function decodeIn(charset: string, bytes: Buffer): string | undefined {
  try {
    return new TextDecoder(charset).decode(bytes);
  } catch {
    return undefined;
  }
}
