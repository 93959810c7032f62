import { canonicalRequest, encoded, sha256 } from "./canonicalRequest.ts";
import { scopeText, signerFor, stringToSign } from "./signingKey.ts";
import { basicTime } from "./signingTime.ts";
import { algorithm, type CredentialScope } from "./statedSignature.ts";

/** Temporary where they have a session token. */
export type Credentials = {
  readonly accessKeyId: string;
  readonly secretAccessKey: string;
  readonly sessionToken?: string;
};

export type Signing = {
  readonly credentials: Credentials;
  readonly region: string;
  /** The signing name, for example `sqs`. */
  readonly service: string;
  /** In milliseconds since 1970. @default now */
  readonly time?: number;
};

export type RequestToSign = {
  readonly method: string;
  /** With its port, as in the `Host` header. */
  readonly host: string;
  /** Percent-encoded, without the query. */
  readonly path: string;
  readonly query: URLSearchParams;
  /** Names in any case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body: string | Buffer;
};

/** The headers of a request with those of its signature, names in lower case; `host` is left to the client. */
export function signedHeaders(request: RequestToSign, signing: Signing): Record<string, string> {
  const { credentials, service, time = Date.now() } = signing;
  const { method, host, path, query, body } = request;
  const given = lowerCased(request.headers);
  const payloadHash = given["x-amz-content-sha256"] ?? sha256(body);
  const headers: Record<string, string> = {
    ...given,
    "x-amz-date": basicTime(time),
    ...(service === "s3" && { "x-amz-content-sha256": payloadHash }),
    ...(credentials.sessionToken !== undefined && {
      "x-amz-security-token": credentials.sessionToken,
    }),
  };
  const all: Readonly<Record<string, string>> = { ...headers, host };
  const names = Object.keys(all)
    .filter((name) => name === "host" || name === "content-type" || name.startsWith("x-amz-"))
    .sort();
  const canonical = canonicalRequest(
    { method, path, query, headers: all },
    { signedHeaders: names, payloadHash, encodesOnce: service === "s3" },
  );
  const scope = scopeOf(signing, time);
  const signature = signatureOf(canonical, scope, credentials, time);
  const credential = `${scope.accessKeyId}/${scopeText(scope)}`;
  return {
    ...headers,
    authorization: `${algorithm} Credential=${credential}, SignedHeaders=${names.join(";")}, Signature=${signature}`,
  };
}

/**
 * The path and query of a request to S3 that anyone may send, for as long as it holds.
 *
 * @param request with the headers that have to be sent with it; of its body nothing is signed
 * @param expires in seconds
 */
export function presignedPath(
  { method, host, path, query: given, headers }: Omit<RequestToSign, "body">,
  signing: Omit<Signing, "service">,
  expires: number,
): string {
  const { credentials, time = Date.now() } = signing;
  const scope = scopeOf({ ...signing, service: "s3" }, time);
  const all: Readonly<Record<string, string>> = { ...lowerCased(headers), host };
  const names = Object.keys(all).sort();
  const query = new URLSearchParams(given);
  query.set("X-Amz-Algorithm", algorithm);
  query.set("X-Amz-Credential", `${scope.accessKeyId}/${scopeText(scope)}`);
  query.set("X-Amz-Date", basicTime(time));
  query.set("X-Amz-Expires", String(expires));
  if (credentials.sessionToken !== undefined) {
    query.set("X-Amz-Security-Token", credentials.sessionToken);
  }
  query.set("X-Amz-SignedHeaders", names.join(";"));
  const canonical = canonicalRequest(
    { method, path, query, headers: all },
    { signedHeaders: names, payloadHash: "UNSIGNED-PAYLOAD", encodesOnce: true },
  );
  query.set("X-Amz-Signature", signatureOf(canonical, scope, credentials, time));
  const parameters = [...query].map(([name, value]) => `${encoded(name)}=${encoded(value)}`);
  return `${path}?${parameters.join("&")}`;
}

function scopeOf(
  { credentials, region, service }: Omit<Signing, "time">,
  time: number,
): CredentialScope {
  const date = basicTime(time).slice(0, 8);
  return { accessKeyId: credentials.accessKeyId, date, region, service };
}

function signatureOf(
  canonical: string,
  scope: CredentialScope,
  { secretAccessKey }: Credentials,
  time: number,
): string {
  const sign = signerFor(scope, secretAccessKey);
  return sign(stringToSign(basicTime(time), scope, sha256(canonical)));
}

function lowerCased(headers: Readonly<Record<string, string>>): Record<string, string> {
  return Object.fromEntries(
    Object.entries(headers).map(([name, value]) => [name.toLowerCase(), value]),
  );
}
