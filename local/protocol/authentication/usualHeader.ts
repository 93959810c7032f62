import { remembered } from "../remembered.ts";
import { algorithm, scopeIn, type Version4 } from "./statedSignature.ts";

/** What a client's `Authorization` headers have in common. */
type Common = Pick<Version4, "scope" | "signedHeaders">;

/** As SDKs write it: `AWS4-HMAC-SHA256 Credential=..., SignedHeaders=..., Signature=` */
const usualForm = new RegExp(
  `^${algorithm} Credential=([^,\\s]+), ?SignedHeaders=([^,\\s]+), ?Signature=$`,
);

const signatureMark = "Signature=";

/**
 * Reads an `Authorization` header in the form that SDKs write. A client's differ in nothing but the signature,
 * so all before it is read once.
 *
 * @returns undefined for any other form, which may be valid as well
 */
export function readUsualHeader(
  authorization: string,
): (Common & Pick<Version4, "signature">) | undefined {
  const start = authorization.lastIndexOf(signatureMark) + signatureMark.length;
  if (start < signatureMark.length) return undefined;
  const signature = authorization.slice(start);
  const common = commonOf(authorization.slice(0, start));
  if (common === undefined || !/^[0-9a-f]{64}$/.test(signature)) return undefined;
  return { ...common, signature };
}

const commonOf = remembered(200, (text): Common | undefined => {
  const [, credential = "", signedHeaders = ""] = usualForm.exec(text) ?? [];
  const scope = scopeIn(credential);
  return scope && { scope, signedHeaders: namesIn(signedHeaders) };
});

export function namesIn(signedHeaders: string): string[] {
  return signedHeaders.toLowerCase().split(";");
}
