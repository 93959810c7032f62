import { createHash } from "node:crypto";
import { crc32 } from "node:zlib";

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html */
export const checksumAlgorithms = ["CRC32", "CRC32C", "CRC64NVME", "SHA1", "SHA256"] as const;
export type ChecksumAlgorithm = (typeof checksumAlgorithms)[number];

/** Of all bytes at once, or of the checksums of the parts. */
export type ChecksumType = "FULL_OBJECT" | "COMPOSITE";

export type Checksum = {
  readonly algorithm: ChecksumAlgorithm;
  readonly type: ChecksumType;
  /** Base64; a composite one ends in `-` and the number of parts. */
  readonly value: string;
};

/** The checksum of bytes that come in pieces, in base64. */
export function checksumOf(algorithm: ChecksumAlgorithm, pieces: Iterable<Buffer>): string {
  switch (algorithm) {
    case "CRC32":
      return base64Of32Bits(reduce(pieces, (crc, bytes) => crc32(bytes, crc)));
    case "CRC32C":
      return base64Of32Bits(reduce(pieces, crc32c));
    case "CRC64NVME":
      return crc64nvme(pieces);
    case "SHA1":
    case "SHA256":
      return hash(algorithm, pieces);
  }
}

/**
 * The checksum that S3 adds to an object which comes without one.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/checking-object-integrity-upload.html
 */
export function defaultChecksum(pieces: Iterable<Buffer>): Checksum {
  const algorithm = "CRC64NVME";
  return { algorithm, type: "FULL_OBJECT", value: checksumOf(algorithm, pieces) };
}

function hash(algorithm: string, pieces: Iterable<Buffer>): string {
  const digest = createHash(algorithm);
  for (const bytes of pieces) digest.update(bytes);
  return digest.digest("base64");
}

function reduce(pieces: Iterable<Buffer>, step: (crc: number, bytes: Buffer) => number): number {
  let crc = 0;
  for (const bytes of pieces) crc = step(crc, bytes);
  return crc;
}

function base64Of32Bits(value: number): string {
  const bytes = Buffer.alloc(4);
  bytes.writeUInt32BE(value >>> 0);
  return bytes.toString("base64");
}

/** CRC-32C (Castagnoli), reflected. */
const castagnoli = Int32Array.from({ length: 256 }, (_, byte) => {
  let crc = byte;
  for (let bit = 0; bit < 8; bit++) crc = crc & 1 ? (crc >>> 1) ^ 0x82f63b78 : crc >>> 1;
  return crc;
});

// Counted loops: they run four times as fast as `for ... of` over bytes.
function crc32c(previous: number, bytes: Buffer): number {
  let crc = ~previous;
  for (let at = 0; at < bytes.length; at++) {
    crc = (crc >>> 8) ^ (castagnoli[(crc ^ (bytes[at] ?? 0)) & 0xff] ?? 0);
  }
  return ~crc;
}

/** CRC-64/NVME, reflected, in two halves: integers of 64 bits are slow. */
const nvme = nvmeTables();

function nvmeTables(): { high: Int32Array; low: Int32Array } {
  const tables = { high: new Int32Array(256), low: new Int32Array(256) };
  for (let byte = 0; byte < 256; byte++) {
    let crc = BigInt(byte);
    for (let bit = 0; bit < 8; bit++) {
      crc = crc & 1n ? (crc >> 1n) ^ 0x9a6c9329ac4bc9b5n : crc >> 1n;
    }
    tables.high[byte] = Number(crc >> 32n);
    tables.low[byte] = Number(crc & 0xffffffffn);
  }
  return tables;
}

function crc64nvme(pieces: Iterable<Buffer>): string {
  let high = ~0;
  let low = ~0;
  for (const bytes of pieces) {
    for (let at = 0; at < bytes.length; at++) {
      const index = (low ^ (bytes[at] ?? 0)) & 0xff;
      low = ((low >>> 8) | (high << 24)) ^ (nvme.low[index] ?? 0);
      high = (high >>> 8) ^ (nvme.high[index] ?? 0);
    }
  }
  const result = Buffer.alloc(8);
  result.writeInt32BE(~high, 0);
  result.writeInt32BE(~low, 4);
  return result.toString("base64");
}
