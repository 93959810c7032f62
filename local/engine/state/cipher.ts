import { createCipheriv, createDecipheriv, randomBytes } from "node:crypto";
import { readFileSync, writeFileSync } from "node:fs";
import path from "node:path";
import { makeDataDirectory } from "../../storage/dataDirectory.ts";
import { errorCode } from "../../storage/errorCode.ts";

/** Hides secrets in what is kept of a stack. */
export interface Cipher {
  encrypt(text: string): string;
  /** @throws Error if the text was encrypted under another key */
  decrypt(ciphertext: string): string;
}

const algorithm = "aes-256-gcm";
const keyBytes = 32;
const nonceBytes = 12;
const tagBytes = 16;

/** A cipher for what lasts no longer than this process, always the same. */
export function temporaryCipher(): Cipher {
  temporary ??= cipherOf(randomBytes(keyBytes), "this process");
  return temporary;
}

let temporary: Cipher | undefined;

/**
 * The cipher of a data directory. Its key is in a file of its own, `secrets.key`, which only the user can
 * read, and which is created with the first secret's state.
 *
 * @throws Error when the file holds no key
 */
export function cipherIn(directory: string): Cipher {
  const file = path.join(directory, "secrets.key");
  makeDataDirectory(directory);
  const key = readKey(file) ?? createKey(file);
  if (key.length !== keyBytes) {
    throw new Error(
      `${file} must hold ${keyBytes} bytes, got ${key.length}: restore it, or delete the directory to start afresh`,
    );
  }
  return cipherOf(key, file);
}

function readKey(file: string): Buffer | undefined {
  try {
    return readFileSync(file);
  } catch (error) {
    if (errorCode(error) === "ENOENT") return undefined;
    throw error;
  }
}

function createKey(file: string): Buffer {
  const key = randomBytes(keyBytes);
  writeFileSync(file, key, { mode: 0o600, flag: "wx" });
  return key;
}

/** @param holder of the key, for messages */
function cipherOf(key: Buffer, holder: string): Cipher {
  return {
    encrypt: (text) => {
      const nonce = randomBytes(nonceBytes);
      const cipher = createCipheriv(algorithm, key, nonce);
      const encrypted = Buffer.concat([cipher.update(text, "utf8"), cipher.final()]);
      return Buffer.concat([nonce, cipher.getAuthTag(), encrypted]).toString("base64");
    },
    decrypt: (ciphertext) => {
      const bytes = Buffer.from(ciphertext, "base64");
      const decipher = createDecipheriv(algorithm, key, bytes.subarray(0, nonceBytes));
      decipher.setAuthTag(bytes.subarray(nonceBytes, nonceBytes + tagBytes));
      try {
        const text = decipher.update(bytes.subarray(nonceBytes + tagBytes));
        return Buffer.concat([text, decipher.final()]).toString("utf8");
      } catch (cause) {
        throw new Error(`a secret was not encrypted under the key of ${holder}`, { cause });
      }
    },
  };
}
