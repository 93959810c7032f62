/** What a JWT authorizer asks of tokens. */
export type JwtConfiguration = {
  readonly issuer: string;
  readonly audiences: readonly string[];
};

export type Claims = Readonly<Record<string, unknown>>;

/** What a token says, and which of its scopes a route names. */
export type JwtIdentity = {
  readonly claims: Readonly<Record<string, string>>;
  readonly scopes: readonly string[] | null;
};

/**
 * Reads a token as a JWT authorizer does: its issuer, audience, times and scopes. Its signature is not verified: the
 * keys are the issuer's.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-jwt-authorizer.html
 *
 * @param token with or without `Bearer `
 * @param scopes of the route: the token needs one of them
 * @param now in seconds since 1970
 */
export function readJwt(
  token: string,
  { issuer, audiences }: JwtConfiguration,
  scopes: readonly string[],
  now: number,
): JwtIdentity | "unauthorized" | "forbidden" {
  const claims = claimsOf(token.replace(/^Bearer /i, ""));
  if (claims === undefined || !isInTime(claims, now)) return "unauthorized";
  const named = [claims.aud ?? claims.client_id].flat();
  if (claims.iss !== issuer || !named.some((each) => audiences.includes(String(each)))) {
    return "unauthorized";
  }
  const granted = scopesOf(claims);
  if (scopes.length > 0 && !scopes.some((each) => granted.includes(each))) return "forbidden";
  const texts = Object.entries(claims).map(([name, value]) => [name, textOf(value)]);
  return { claims: Object.fromEntries(texts), scopes: scopes.length > 0 ? scopes : null };
}

function claimsOf(token: string): Claims | undefined {
  const [, payload] = /^[\w-]+\.([\w-]+)\.[\w-]*$/.exec(token) ?? [];
  if (payload === undefined) return undefined;
  try {
    const claims: unknown = JSON.parse(Buffer.from(payload, "base64url").toString());
    return typeof claims === "object" && claims !== null ? { ...claims } : undefined;
  } catch {
    return undefined;
  }
}

function isInTime({ exp, nbf, iat }: Claims, now: number): boolean {
  return Number(exp) > now && Number(nbf ?? 0) <= now && Number(iat ?? 0) <= now;
}

function scopesOf({ scope, scp }: Claims): string[] {
  return [scope ?? scp ?? []].flat().flatMap((each) => String(each).split(" "));
}

/** Claims reach functions as texts: a list as `[a b]`. */
function textOf(value: unknown): string {
  return Array.isArray(value) ? `[${value.join(" ")}]` : String(value);
}
