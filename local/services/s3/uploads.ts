import { createHash, randomBytes } from "node:crypto";
import type { DatabaseSync } from "node:sqlite";
import { transaction } from "../../storage/store.ts";
import type { Clock } from "../../time/clock.ts";
import { type Checksum, type ChecksumType, checksumOf, defaultChecksum } from "./checksum.ts";
import { chooseParts, multipartEtag, type RequestedPart } from "./completion.ts";
import type { Contents } from "./contents.ts";
import type { Objects } from "./objects.ts";
import type { Conditions } from "./preconditions.ts";
import type { Requester } from "./requester.ts";
import { invalidArgument, invalidRequest, noSuchUpload, S3Error } from "./s3Error.ts";
import { checkKey, isEncryptedByKey, type ObjectPart, type StoredObject } from "./storedObject.ts";
import type { Upload, UploadedPart, UploadTable } from "./uploadTable.ts";

type Dependencies = {
  readonly store: DatabaseSync;
  readonly clock: Clock;
  readonly table: UploadTable;
  readonly contents: Contents;
  readonly objects: Objects;
};

/** Names an upload. */
export type UploadReference = Pick<Upload, "bucket" | "key" | "id">;

export type CompleteRequest = {
  readonly upload: UploadReference;
  readonly parts: readonly RequestedPart[];
  /** What the caller expects of the whole object. @default not compared */
  readonly checksum?: Checksum | undefined;
  readonly checksumType?: ChecksumType | undefined;
  readonly size?: number | undefined;
  readonly conditions?: Conditions;
};

const maximumPartNumber = 10_000;

/** Multipart uploads. */
export class Uploads {
  readonly #store: DatabaseSync;
  readonly #clock: Clock;
  readonly #table: UploadTable;
  readonly #contents: Contents;
  readonly #objects: Objects;

  constructor(dependencies: Dependencies) {
    this.#store = dependencies.store;
    this.#clock = dependencies.clock;
    this.#table = dependencies.table;
    this.#contents = dependencies.contents;
    this.#objects = dependencies.objects;
  }

  /** @throws S3Error KeyTooLongError */
  create(request: Omit<Upload, "id" | "content" | "started">): Upload {
    checkKey(request.key);
    const id = randomBytes(48).toString("base64url");
    const content = this.#contents.create();
    const upload = { ...request, id, content, started: this.#clock.now() };
    this.#table.insert(upload);
    return upload;
  }

  /** @throws S3Error NoSuchUpload */
  get({ bucket, key, id }: UploadReference): Upload {
    const upload = this.#table.find(id);
    if (upload?.bucket !== bucket || upload.key !== key) throw noSuchUpload(id);
    return upload;
  }

  /** By key, the oldest first. */
  list(bucket: string): Upload[] {
    return this.#table.list(bucket);
  }

  /** In the order of their numbers. */
  parts(reference: UploadReference): UploadedPart[] {
    return this.#table.parts(this.get(reference).id);
  }

  /**
   * Stores a part, in place of one that has its number.
   * @param checksum already compared with the bytes
   * @throws S3Error NoSuchUpload, InvalidArgument, InvalidRequest
   */
  putPart(
    reference: UploadReference,
    number: number,
    bytes: Buffer,
    checksum?: Checksum,
  ): UploadedPart {
    const upload = this.get(reference);
    checkNumber(number);
    checkAlgorithm(upload, checksum);
    const part = {
      number,
      size: bytes.length,
      modified: this.#clock.now(),
      etag: createHash("md5").update(bytes).digest("hex"),
      ...(checksum && { checksum: checksum.value }),
    };
    transaction(this.#store, () => {
      this.#contents.setPiece(upload.content, number, bytes);
      this.#table.setPart(upload.id, part);
    });
    return part;
  }

  /** @throws S3Error NoSuchUpload, InvalidPart, InvalidPartOrder, EntityTooSmall, BadDigest, PreconditionFailed */
  complete(request: CompleteRequest, requester: Requester): StoredObject {
    const upload = this.get(request.upload);
    checkType(upload, request.checksumType);
    return transaction(this.#store, () => {
      const { bucket, key, content, headers, tags = [], acl, lock } = upload;
      this.#objects.checkWrite(bucket, key, request.conditions ?? {}, upload);
      const parts = this.#keepParts(upload, request.parts);
      const size = parts.reduce((sum, part) => sum + part.size, 0);
      const checksum = this.#checksumOf(upload, parts);
      checkExpectations(request, upload, size, checksum);
      this.#table.delete(upload.id);
      const object = {
        key,
        size,
        content,
        headers,
        tags,
        ...(acl && { acl }),
        ...(lock && { lock }),
        etag: multipartEtag(parts),
        parts: parts.map((part) => objectPart(upload, part)),
        ...(checksum && { checksum }),
      };
      const eventName = "ObjectCreated:CompleteMultipartUpload";
      return this.#objects.add(bucket, object, eventName, requester);
    });
  }

  /** @throws S3Error NoSuchUpload */
  abort(reference: UploadReference): void {
    const upload = this.get(reference);
    transaction(this.#store, () => {
      this.#contents.delete(upload.content);
      this.#table.delete(upload.id);
    });
  }

  /** The parts of the object; what else was uploaded is thrown away. */
  #keepParts(upload: Upload, requested: readonly RequestedPart[]): UploadedPart[] {
    const uploaded = this.#table.parts(upload.id);
    const parts = chooseParts(upload, uploaded, requested);
    const kept = new Set(parts.map(({ number }) => number));
    for (const { number } of uploaded) {
      if (!kept.has(number)) this.#contents.deletePiece(upload.content, number);
    }
    return parts;
  }

  #checksumOf(upload: Upload, parts: readonly UploadedPart[]): Checksum | undefined {
    if (upload.checksum === undefined) {
      // S3 does not have a customer's key when the upload ends, and cannot read the parts.
      if (isEncryptedByKey(upload)) return undefined;
      return defaultChecksum(this.#contents.pieces(upload.content));
    }
    const { algorithm, type } = upload.checksum;
    if (type === "FULL_OBJECT") {
      return {
        algorithm,
        type,
        value: checksumOf(algorithm, this.#contents.pieces(upload.content)),
      };
    }
    const digests = parts.map(({ checksum }) => Buffer.from(checksum ?? "", "base64"));
    return { algorithm, type, value: `${checksumOf(algorithm, digests)}-${parts.length}` };
  }
}

/** The checksum of a part is one of the object only if the upload asked for its algorithm. */
function objectPart(upload: Upload, { number, size, checksum }: UploadedPart): ObjectPart {
  const keeps = upload.checksum !== undefined && checksum !== undefined;
  return { number, size, ...(keeps && { checksum }) };
}

function checkNumber(number: number): void {
  if (Number.isInteger(number) && number >= 1 && number <= maximumPartNumber) return;
  const message = `Part number must be an integer between 1 and ${maximumPartNumber}, inclusive`;
  throw invalidArgument(message, "partNumber", String(number));
}

function checkAlgorithm(upload: Upload, checksum: Checksum | undefined): void {
  const expected = upload.checksum?.algorithm;
  if (expected === undefined || expected === checksum?.algorithm) return;
  throw invalidRequest(
    `Checksum Type mismatch occurred, expected checksum Type: ${expected.toLowerCase()}, actual checksum Type: ${checksum?.algorithm.toLowerCase() ?? "null"}`,
  );
}

function checkType({ checksum }: Upload, type: ChecksumType | undefined): void {
  if (type === undefined || type === checksum?.type) return;
  throw invalidRequest(
    `The upload was created using the ${checksum?.type ?? null} checksum mode. The complete request must use the same checksum mode.`,
  );
}

function checkExpectations(
  { checksum: expected, size: expectedSize }: CompleteRequest,
  upload: Upload,
  size: number,
  checksum: Checksum | undefined,
): void {
  if (expectedSize !== undefined && expectedSize !== size) {
    throw invalidRequest(
      `The provided 'x-amz-mp-object-size' header value ${expectedSize} does not match what was computed: ${size}`,
    );
  }
  if (expected === undefined || checksum === undefined) return;
  // An upload that chose no algorithm heeds only the checksum that S3 adds.
  if (upload.checksum === undefined && expected.algorithm !== checksum.algorithm) return;
  const same =
    expected.algorithm === checksum.algorithm &&
    expected.type === checksum.type &&
    expected.value.split("-")[0] === checksum.value.split("-")[0];
  if (same) return;
  throw new S3Error(
    "BadDigest",
    `The ${checksum.algorithm.toLowerCase()} you specified did not match the calculated checksum.`,
  );
}
