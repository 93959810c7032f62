import { inflatedSize } from "./inflatedSize.ts";

/** https://www.w3.org/TR/png-3/#11IHDR */
export function decodedSizeOfPng(bytes: Buffer): number {
  if (bytes.toString("latin1", 12, 16) !== "IHDR") throw new Error("a PNG begins with IHDR");
  const width = bytes.readUInt32BE(16);
  const height = bytes.readUInt32BE(20);
  const bytesPerPixel = bytes.readUInt8(24) === 16 ? 8 : 4;
  const size = width * height * bytesPerPixel;
  const interlaced = bytes.readUInt8(28) === 1;
  return interlaced ? Math.max(size, sizeOfPasses(bytes, size, height)) : size;
}

/**
 * The decoder stops inflating at the size that the header promises, but not for interlaced images.
 * Those have seven passes over the rows, and a byte more for each row of a pass: at most two for each
 * row of the image, and seven.
 */
function sizeOfPasses(bytes: Buffer, size: number, height: number): number {
  const most = size + 2 * height + 7;
  return inflatedSize(imageData(bytes), most) <= most ? size : Number.POSITIVE_INFINITY;
}

function imageData(bytes: Buffer): Buffer {
  const chunks: Buffer[] = [];
  for (let start = 8; start + 8 <= bytes.length; ) {
    const length = bytes.readUInt32BE(start);
    const type = bytes.toString("latin1", start + 4, start + 8);
    if (type === "IDAT") chunks.push(bytes.subarray(start + 8, start + 8 + length));
    start += 12 + length;
  }
  return Buffer.concat(chunks);
}
