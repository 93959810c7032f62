/** A request that a browser sends to a site, read whole. */
export type WebRequest = {
  readonly method: string;
  /** From the site's root, still percent-encoded, without the query. */
  readonly path: string;
  /** The path that the request was sent to, for which it is signed. @default `path` */
  readonly sentPath?: string;
  /** As sent, without the question mark. */
  readonly query: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: Buffer;
  readonly sourceIp: string;
};

export type WebReply = {
  readonly status: number;
  /** Names in lower case; several values are several lines. */
  readonly headers: Readonly<Record<string, string | readonly string[]>>;
  readonly body: string | Buffer;
};

export function jsonReply(status: number, body: object): WebReply {
  return { status, headers: { "content-type": "application/json" }, body: JSON.stringify(body) };
}

export function textReply(status: number, text: string): WebReply {
  return { status, headers: { "content-type": "text/plain; charset=utf-8" }, body: `${text}\n` };
}

/** @param path percent-encoded; one with a stray percent sign stays as it was sent */
export function decodedPath(path: string): string {
  try {
    return decodeURIComponent(path);
  } catch {
    return path;
  }
}
