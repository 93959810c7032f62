import { createHash } from "node:crypto";
import { invalidRequest, S3Error } from "../s3Error.ts";
import type { StoredObject } from "../storedObject.ts";

type Headers = Readonly<Record<string, string>>;

/** Begins the names of the headers for the source of a copy. */
type Prefix = "" | "x-amz-copy-source-";

const sourcePrefix = "x-amz-copy-source-";
const ownEncryption = "x-amz-server-side-encryption";
const algorithmName = "server-side-encryption-customer-algorithm";
const keyName = "server-side-encryption-customer-key";
const md5Name = "server-side-encryption-customer-key-md5";

/** Headers of an operation on an object that its owner may have encrypted. */
export const customerKeyHeaders = namesOf("x-amz-");

/** The same for the source of a copy. */
export const sourceKeyHeaders = namesOf(sourcePrefix);

/** Kept with an object, and sent to its readers. Nothing is encrypted, but readers need the key. */
export const keptKeyHeaders = [`x-amz-${algorithmName}`, `x-amz-${md5Name}`];

/**
 * What is kept of the key that an object is put with: its hash.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/ServerSideEncryptionCustomerKeys.html
 * @throws S3Error InvalidArgument, InvalidEncryptionAlgorithmError
 */
export function customerKeyIn(headers: Headers): Headers {
  const given = readKey(headers, "");
  if (given === undefined) return {};
  const other = headers[ownEncryption];
  if (other !== undefined) {
    throw keyError(
      "Server Side Encryption with Customer provided key is incompatible with the encryption method specified",
      other,
    );
  }
  const { key, md5 } = checkKey(given);
  if (Buffer.from(key, "base64").length !== keyBytes || md5 === undefined) {
    throw keyError("The secret key was invalid for the specified algorithm.");
  }
  requireHash(key, md5);
  return { [`x-amz-${algorithmName}`]: "AES256", [`x-amz-${md5Name}`]: md5 };
}

/**
 * Checks that a reader has the key of an object, where it has one.
 * @throws S3Error InvalidRequest, AccessDenied, InvalidArgument, InvalidEncryptionAlgorithmError
 */
export function requireCustomerKey(
  headers: Headers,
  object: Pick<StoredObject, "headers">,
  prefix: Prefix = "",
): void {
  const expected = object.headers[`x-amz-${md5Name}`];
  const given = readKey(headers, prefix);
  if (given === undefined && expected === undefined) return;
  if (given === undefined) {
    throw invalidRequest(
      "The object was stored using a form of Server Side Encryption. The correct parameters must be provided to retrieve the object.",
    );
  }
  const { key, md5 } = checkKey(given);
  if (expected === undefined) {
    throw invalidRequest("The encryption parameters are not applicable to this object.");
  }
  if (md5 !== expected) {
    throw new S3Error(
      "AccessDenied",
      "Requests specifying Server Side Encryption with Customer provided keys must provide the correct secret key.",
      { status: 403 },
    );
  }
  requireHash(key, md5);
}

/**
 * Checks that a part comes with the key of its upload.
 * @throws S3Error InvalidRequest
 */
export function requireUploadKey(headers: Headers, upload: Pick<StoredObject, "headers">): void {
  const md5 = customerKeyIn(headers)[`x-amz-${md5Name}`];
  const expected = upload.headers[`x-amz-${md5Name}`];
  if (md5 === expected) return;
  throw invalidRequest(
    md5 === undefined || expected === undefined
      ? "The multipart upload initiate requested encryption. Subsequent part requests must include the appropriate encryption parameters."
      : "The provided encryption parameters did not match the ones used originally.",
  );
}

/** How an object is encrypted, for its writer and its readers: S3's own keys unless it has another. */
export function encryptionHeaders({ headers }: Pick<StoredObject, "headers">): Headers {
  const kept = Object.entries(headers).filter(([name]) => keptKeyHeaders.includes(name));
  return kept.length > 0 ? Object.fromEntries(kept) : { [ownEncryption]: "AES256" };
}

type GivenKey = {
  readonly algorithm: string | undefined;
  /** Base64, like its hash. */
  readonly key: string | undefined;
  readonly md5: string | undefined;
};

const keyBytes = 32;

function readKey(headers: Headers, prefix: Prefix): GivenKey | undefined {
  const start = prefix === "" ? "x-amz-" : prefix;
  const algorithm = headers[start + algorithmName];
  const key = headers[start + keyName];
  const md5 = headers[start + md5Name];
  return (algorithm ?? key ?? md5) === undefined ? undefined : { algorithm, key, md5 };
}

function checkKey({ algorithm, key, md5 }: GivenKey): { key: string; md5: string | undefined } {
  if (algorithm === undefined) {
    throw keyError(
      "Requests specifying Server Side Encryption with Customer provided keys must provide a valid encryption algorithm.",
    );
  }
  if (algorithm !== "AES256") {
    throw new S3Error(
      "InvalidEncryptionAlgorithmError",
      "The Encryption request you specified is not valid. Supported value: AES256.",
      { details: { ArgumentName: ownEncryption, ArgumentValue: algorithm } },
    );
  }
  if (key !== undefined) return { key, md5 };
  throw keyError(
    "Requests specifying Server Side Encryption with Customer provided keys must provide an appropriate secret key.",
  );
}

function requireHash(key: string, md5: string): void {
  const actual = createHash("md5").update(Buffer.from(key, "base64")).digest("base64");
  if (actual === md5) return;
  throw keyError("The calculated MD5 hash of the key did not match the hash that was provided.");
}

function keyError(message: string, value?: string): S3Error {
  return new S3Error("InvalidArgument", message, {
    details: {
      ArgumentName: ownEncryption,
      ...(value !== undefined && { ArgumentValue: value }),
    },
  });
}

function namesOf(start: string): string[] {
  return [algorithmName, keyName, md5Name].map((name) => start + name);
}
