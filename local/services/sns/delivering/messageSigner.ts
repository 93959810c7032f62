import { createHash, generateKeyPairSync, type KeyObject, sign } from "node:crypto";
import { type KeyPair, selfSigned } from "../../../protocol/certificate.ts";

/**
 * SNS's own keys have 2048 bits. Signing with these takes a third of the time, which is felt: it is part of
 * each publication. Those who verify signatures look at the certificate's name, not at its length.
 */
const keyBits = 1024;

/** The name that verifiers expect. https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html */
const certificateName = "sns.amazonaws.com";

/** What is signed of a message, by name; members without a value are left out. */
export type Signable = Readonly<Record<string, string | undefined>>;

/**
 * Signs messages as SNS does, by a key of this run.
 *
 * https://docs.aws.amazon.com/sns/latest/dg/sns-verify-signature-of-message.html
 */
export class MessageSigner {
  readonly #endpoint: () => string;
  #key: KeyObject | undefined;
  #name: string | undefined;
  #pair: Promise<KeyPair> | undefined;
  /** Subscriptions of a topic get one message after the other. */
  #last: { readonly signed: string; readonly signature: string } | undefined;

  /** @param endpoint URL of the local endpoint, which serves the certificate */
  constructor(endpoint: () => string) {
    this.#endpoint = endpoint;
  }

  /** By HTTPS, because verifiers accept nothing else. */
  get certificateUrl(): string {
    return `${this.#endpoint().replace(/^http:/, "https:")}${this.certificatePath}`;
  }

  /** `/SimpleNotificationService-0123456789abcdef0123456789abcdef.pem` */
  get certificatePath(): string {
    this.#name ??= createHash("sha256").update(this.#pem()).digest("hex").slice(0, 32);
    return `/SimpleNotificationService-${this.#name}.pem`;
  }

  /** In PEM. */
  async certificate(): Promise<string> {
    this.#pair ??= selfSigned(this.#pem(), [certificateName]);
    return (await this.#pair).certificate;
  }

  /** @param version of the signature: "1" is by SHA-1, "2" by SHA-256. @returns it in base64 */
  sign(version: string, members: Signable): string {
    const text = canonical(members);
    const signed = `${version} ${text}`;
    if (this.#last?.signed === signed) return this.#last.signature;
    const algorithm = version === "2" ? "RSA-SHA256" : "RSA-SHA1";
    const signature = sign(algorithm, Buffer.from(text), this.#privateKey()).toString("base64");
    this.#last = { signed, signature };
    return signature;
  }

  #privateKey(): KeyObject {
    this.#key ??= generateKeyPairSync("rsa", { modulusLength: keyBits }).privateKey;
    return this.#key;
  }

  #pem(): string {
    return this.#privateKey().export({ type: "pkcs1", format: "pem" }).toString();
  }
}

/** Name and value of each member on lines of their own, in the order of the names. */
function canonical(members: Signable): string {
  return Object.entries(members)
    .filter(([, value]) => value !== undefined)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([name, value]) => `${name}\n${value}\n`)
    .join("");
}
