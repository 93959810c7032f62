import { createDecipheriv, pbkdf2 } from "node:crypto";
import { readFileSync } from "node:fs";
import { promisify } from "node:util";

/** Opens a value that the CLI has encrypted. */
export type Decrypt = (ciphertext: string) => string;

/*
 * The CLI's encryption with a passphrase: sdk/go/common/resource/config/crypt.go of pulumi/pulumi.
 */
const iterations = 1_000_000;
const keyBytes = 32;
const tagBytes = 16;

/** What the CLI encrypts when it makes a salt, to recognize the passphrase. */
const probe = "pulumi";

/**
 * Derives the stack's key from the passphrase, which takes about half a second.
 *
 * @param salt `encryptionsalt` of the stack's file: `v1:SALT:v1:NONCE:CIPHERTEXT`
 * @throws Error when there is no passphrase, or when it is not that of the stack
 */
export async function passphraseDecryption(
  salt: string,
  environment: NodeJS.ProcessEnv,
): Promise<Decrypt> {
  const [version, encodedSalt, ...encryptedProbe] = salt.split(":");
  if (version !== "v1" || encodedSalt === undefined) {
    throw new Error(`encryptionsalt is not of version v1: ${salt}`);
  }
  const key = await promisify(pbkdf2)(
    passphraseOf(environment),
    Buffer.from(encodedSalt, "base64"),
    iterations,
    keyBytes,
    "sha256",
  );
  const decrypt: Decrypt = (ciphertext) => open(key, ciphertext);
  if (!isProbe(decrypt, encryptedProbe.join(":"))) throw new Error("incorrect passphrase");
  return decrypt;
}

function passphraseOf({
  PULUMI_CONFIG_PASSPHRASE: text,
  PULUMI_CONFIG_PASSPHRASE_FILE: file,
}: NodeJS.ProcessEnv): string {
  if (text !== undefined) return text;
  if (file !== undefined && file !== "") return readFileSync(file, "utf8").trim();
  throw new Error(
    "passphrase must be set with PULUMI_CONFIG_PASSPHRASE or PULUMI_CONFIG_PASSPHRASE_FILE environment variables",
  );
}

function isProbe(decrypt: Decrypt, ciphertext: string): boolean {
  try {
    return decrypt(ciphertext) === probe;
  } catch {
    return false; // A wrong key makes the authentication fail.
  }
}

/** @param ciphertext `v1:NONCE:CIPHERTEXT` in base64, with GCM's tag at the end */
function open(key: Buffer, ciphertext: string): string {
  const [version, nonce = "", encoded = ""] = ciphertext.split(":");
  if (version !== "v1") throw new Error(`unknown version of an encrypted value: ${version}`);
  const bytes = Buffer.from(encoded, "base64");
  const decipher = createDecipheriv("aes-256-gcm", key, Buffer.from(nonce, "base64"));
  decipher.setAuthTag(bytes.subarray(bytes.length - tagBytes));
  const text = decipher.update(bytes.subarray(0, bytes.length - tagBytes));
  return Buffer.concat([text, decipher.final()]).toString("utf8");
}
