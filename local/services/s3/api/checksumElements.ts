import type { Checksum } from "../checksum.ts";

/** A checksum as the elements of a reply: `ChecksumCRC32` and `ChecksumType`. */
export function checksumElements(checksum: Checksum | undefined): Readonly<Record<string, string>> {
  if (checksum === undefined) return {};
  return { [`Checksum${checksum.algorithm}`]: checksum.value, ChecksumType: checksum.type };
}
