import type { Random } from "./random.ts";

/** The parts of a request that are mutated before it is signed. */
export type MutableRequest = {
  method: string;
  path: string;
  query?: Record<string, string | string[] | null> | undefined;
  headers: Record<string, string>;
  body?: unknown;
};

const pieces = [
  "\u0000",
  "%00",
  "%",
  "&",
  "=",
  "<",
  "</a>",
  "<![CDATA[",
  "]]>",
  "&#x0;",
  "{",
  "}",
  "[",
  '"',
  "\\ud800",
  "null",
  "1e999",
  "-",
  ",",
  "\r\n",
  "Attribute.1.Name",
  "é",
  "__proto__",
  "9".repeat(400),
  "[".repeat(2000),
];

const headers = [
  ["content-type", "application/json"],
  ["content-type", "text/xml"],
  ["content-type", "multipart/form-data; boundary=x"],
  ["content-encoding", "aws-chunked"],
  ["content-md5", "!"],
  ["range", "bytes=-9999999999999999999-1"],
  ["range", "bytes=5-1"],
  ["if-match", "*"],
  ["if-modified-since", "yesterday"],
  ["x-amz-copy-source", "%zz/%"],
  ["x-amz-copy-source-range", "bytes=9-1"],
  ["x-amz-tagging", "a=b&a=c&%"],
  ["x-amz-meta-é", "x"],
  ["x-amz-target", "AmazonSQS.__proto__"],
  ["x-amz-target", "constructor"],
  ["x-amz-checksum-crc32", "AAAA"],
  ["x-amz-object-lock-retain-until-date", "never"],
  ["x-amz-decoded-content-length", "-1"],
  ["x-amz-invocation-type", "Later"],
  ["x-amz-log-type", "Tail"],
  ["x-amzn-query-mode", "true"],
  ["expect", "100-continue"],
  ["origin", "null"],
  ["transfer-encoding", "chunked"],
] as const;

const queries = [
  ["uploads", ""],
  ["uploadId", "x"],
  ["partNumber", "99999999999"],
  ["versionId", "null"],
  ["list-type", "2"],
  ["max-keys", "-1"],
  ["continuation-token", "%"],
  ["delimiter", ""],
  ["encoding-type", "url"],
  ["tagging", ""],
  ["acl", ""],
  ["delete", ""],
  ["attributes", ""],
  ["response-content-type", "\r\n"],
  ["X-Amz-Expires", "-1"],
  ["Action", "Publish"],
] as const;

/**
 * Breaks a request somewhere: its text, its path, its query, its method or a header.
 *
 * @returns what was changed, for the reader
 */
export function mutate(request: MutableRequest, random: Random): string {
  const kind = random.below(8);
  if (kind < 4 && typeof request.body === "string") {
    request.body = damaged(request.body, random);
    // A shorter body than stated would only make the cloud wait for the rest.
    request.headers["content-length"] = String(Buffer.byteLength(`${request.body}`));
    return `body: ${request.body}`;
  }
  if (kind <= 4) {
    request.path = damagedPath(request.path, random);
    return `path: ${request.path}`;
  }
  if (kind === 5) {
    const [name, value] = random.pick(queries);
    request.query = { ...request.query, [name]: value };
    return `query: ${name}=${value}`;
  }
  if (kind === 6) {
    request.method = random.pick(["GET", "PUT", "POST", "DELETE", "HEAD", "PATCH"]);
    return `method: ${request.method}`;
  }
  const [name, value] = random.pick(headers);
  request.headers[name] = value;
  return `header: ${name}: ${value}`;
}

function damaged(text: string, random: Random): string {
  const start = random.below(text.length + 1);
  const end = Math.min(text.length, start + random.below(20));
  switch (random.below(4)) {
    case 0:
      return text.slice(0, start);
    case 1:
      return text.slice(0, start) + text.slice(end);
    case 2:
      return text.slice(0, end) + text.slice(start);
    default:
      return text.slice(0, start) + random.pick(pieces) + text.slice(start);
  }
}

function damagedPath(path: string, random: Random): string {
  return `/${encodeURI(damaged(path, random).replaceAll("\ud800", "")).replace(/^\/+/, "")}`;
}
