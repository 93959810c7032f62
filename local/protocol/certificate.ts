import { randomBytes } from "node:crypto";
import { isIP } from "node:net";

/** A private key with a certificate that it has signed itself, both in PEM. */
export type KeyPair = { readonly key: string; readonly certificate: string };

/** How long a certificate holds, in years: longer than any run. */
const validYears = 10;

/**
 * Makes a certificate for an RSA key, signed by that key.
 *
 * @param key private, in PEM
 * @param names host names and IP addresses for which it holds; the first is its common name
 */
export async function selfSigned(key: string, names: readonly string[]): Promise<KeyPair> {
  // Few runs need a certificate, and loading the library takes longer than making one.
  const { default: forge } = await import("node-forge");
  const privateKey = forge.pki.privateKeyFromPem(key);
  const certificate = forge.pki.createCertificate();
  certificate.publicKey = forge.pki.setRsaPublicKey(privateKey.n, privateKey.e);
  // A leading zero keeps it positive.
  certificate.serialNumber = `00${randomBytes(16).toString("hex")}`;
  const { notBefore, notAfter } = certificate.validity;
  notBefore.setDate(notBefore.getDate() - 1);
  notAfter.setFullYear(notAfter.getFullYear() + validYears);
  const subject = [{ name: "commonName", value: names[0] ?? "" }];
  certificate.setSubject(subject);
  certificate.setIssuer(subject);
  certificate.setExtensions([
    { name: "basicConstraints", cA: true },
    { name: "subjectAltName", altNames: names.map(alternativeName) },
  ]);
  certificate.sign(privateKey, forge.md.sha256.create());
  return { key, certificate: forge.pki.certificateToPem(certificate) };
}

/** https://www.rfc-editor.org/rfc/rfc5280#section-4.2.1.6 */
function alternativeName(name: string) {
  return isIP(name) ? { type: 7, ip: name } : { type: 2, value: name };
}
