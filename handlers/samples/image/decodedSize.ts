import type { ImageFormat } from "./imageFormat.ts";
import { inflatedSize } from "./inflatedSize.ts";
import { decodedSizeOfTiff } from "./tiffSize.ts";

const byFormat = {
  bmp: decodedSizeOfBmp,
  gif: decodedSizeOfGif,
  jpeg: decodedSizeOfJpeg,
  png: decodedSizeOfPng,
  tiff: decodedSizeOfTiff,
};

/**
 * How many bytes a decoder would fill, from the headers alone: a file of a few kilobytes can declare
 * gigabytes of pixels. May be infinity if it is more than `most`.
 *
 * @throws Error when the headers are invalid
 */
export function decodedSize(bytes: Buffer, format: ImageFormat, most: number): number {
  return byFormat[format](bytes, most);
}

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
 * The decoder stops inflating at the size that the header declares, except for interlaced images. These
 * have seven passes over the rows, with one extra byte for each row of a pass: at most two for each row of
 * the image, plus seven.
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

const extension = 0x21;
const image = 0x2c;

/**
 * The first frame, on its screen: a frame may be larger than the screen, and the decoder unpacks it
 * whole. https://www.w3.org/Graphics/GIF/spec-gif89a.txt
 */
export function decodedSizeOfGif(bytes: Buffer): number {
  const screen = bytes.readUInt16LE(6) * bytes.readUInt16LE(8);
  const descriptor = firstImage(bytes);
  const frame = bytes.readUInt16LE(descriptor + 5) * bytes.readUInt16LE(descriptor + 7);
  return 4 * Math.max(screen, frame);
}

function firstImage(bytes: Buffer): number {
  let start = 13 + sizeOfColorTable(bytes.readUInt8(10));
  while (bytes.readUInt8(start) === extension) start = endOfBlocks(bytes, start + 2);
  if (bytes.readUInt8(start) !== image) throw new Error(`a GIF's image should begin at ${start}`);
  return start;
}

function sizeOfColorTable(flags: number): number {
  const present = (flags & 0x80) !== 0;
  return present ? 3 * 2 ** ((flags & 7) + 1) : 0;
}

/** Data comes in blocks, each after its length; an empty one ends it. */
function endOfBlocks(bytes: Buffer, first: number): number {
  let start = first;
  while (bytes.readUInt8(start) > 0) start += 1 + bytes.readUInt8(start);
  return start + 1;
}

/** Frame headers: SOF0 to SOF15, without the three codes among them that mean something else. */
function isFrameHeader(marker: number): boolean {
  const others = [0xc4, 0xc8, 0xcc];
  return marker >= 0xc0 && marker <= 0xcf && !others.includes(marker);
}

/** Walks the segments to the frame header. ITU T.81, annex B. */
export function decodedSizeOfJpeg(bytes: Buffer): number {
  let start = 2;
  while (bytes.readUInt8(start) === 0xff) {
    const marker = bytes.readUInt8(start + 1);
    if (isFrameHeader(marker)) {
      return bytes.readUInt16BE(start + 5) * bytes.readUInt16BE(start + 7) * 4;
    }
    const fill = marker === 0xff;
    start += fill ? 1 : 2 + bytes.readUInt16BE(start + 2);
  }
  throw new Error(`a JPEG segment should begin at byte ${start}`);
}

/** A negative height means that the rows run from the top. BITMAPINFOHEADER. */
export function decodedSizeOfBmp(bytes: Buffer): number {
  const width = bytes.readUInt32LE(18);
  const height = Math.abs(bytes.readInt32LE(22));
  return width * height * 4;
}
