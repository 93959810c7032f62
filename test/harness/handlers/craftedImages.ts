import { deflateSync } from "node:zlib";

/** Images put together byte by byte: what no program would write, but an attacker would. */

/** A PNG that promises `width` by `height` pixels; `imageData` is what its data inflates to. */
export function craftedPng(options: {
  readonly width: number;
  readonly height: number;
  readonly bitDepth?: number;
  readonly interlaced?: boolean;
  readonly imageData?: Buffer;
}): Buffer {
  const { width, height, bitDepth = 8, interlaced = false, imageData = Buffer.alloc(0) } = options;
  const header = Buffer.alloc(13);
  header.writeUInt32BE(width, 0);
  header.writeUInt32BE(height, 4);
  header.set([bitDepth, 6, 0, 0, interlaced ? 1 : 0], 8);
  const deflated = deflateSync(imageData);
  const half = deflated.length >> 1;
  return Buffer.concat([
    Buffer.from("\x89PNG\r\n\x1a\n", "latin1"),
    pngChunk("IHDR", header),
    pngChunk("IDAT", deflated.subarray(0, half)),
    pngChunk("IDAT", deflated.subarray(half)),
    pngChunk("IEND", Buffer.alloc(0)),
  ]);
}

/** A JPEG that promises `width` by `height` pixels, after a comment, a Huffman table and a fill byte. */
export function craftedJpeg(width: number, height: number): Buffer {
  const comment = [0xff, 0xfe, 0, 6, 1, 2, 3, 4];
  const table = [0xff, 0xc4, 0, 8, 1, 2, 3, 4, 5, 6];
  const frame = Buffer.from([0xff, 0xff, 0xc2, 0, 11, 8, 0, 0, 0, 0, 1, 1, 0x11, 0]);
  frame.writeUInt16BE(height, 6);
  frame.writeUInt16BE(width, 8);
  return Buffer.concat([Buffer.from([0xff, 0xd8, ...comment, ...table]), frame]);
}

/** The same JPEG, with the note that a camera was held so that the picture must be turned. */
export function withOrientation(jpeg: Buffer, orientation: number): Buffer {
  const tiff = craftedTiff([{ 274: [orientation] }]);
  const body = Buffer.concat([Buffer.from("Exif\0\0", "latin1"), tiff]);
  const head = Buffer.from([0xff, 0xe1, 0, 0]);
  head.writeUInt16BE(body.length + 2, 2);
  return Buffer.concat([jpeg.subarray(0, 2), head, body, jpeg.subarray(2)]);
}

/** A GIF with a small screen and a first frame of any size, after a comment. */
export function craftedGif(options: {
  readonly screen: readonly [width: number, height: number];
  readonly frame: readonly [width: number, height: number];
}): Buffer {
  const screen = Buffer.from([0, 0, 0, 0, 0x80, 0, 0]);
  screen.writeUInt16LE(options.screen[0], 0);
  screen.writeUInt16LE(options.screen[1], 2);
  const colours = Buffer.alloc(6);
  const comment = Buffer.from([0x21, 0xfe, 2, 65, 66, 1, 67, 0]);
  const frame = Buffer.from([0x2c, 0, 0, 0, 0, 0, 0, 0, 0, 0, 2, 0, 0x3b]);
  frame.writeUInt16LE(options.frame[0], 5);
  frame.writeUInt16LE(options.frame[1], 7);
  return Buffer.concat([Buffer.from("GIF89a"), screen, colours, comment, frame]);
}

/** A BMP that promises `width` by `height` pixels. */
export function craftedBmp(width: number, height: number): Buffer {
  const bytes = Buffer.alloc(54);
  bytes.write("BM");
  bytes.writeUInt32LE(40, 14);
  bytes.writeUInt32LE(width, 18);
  bytes.writeInt32LE(height, 22);
  bytes.writeUInt16LE(24, 28);
  return bytes;
}

/**
 * A TIFF of pages, each with its fields: long values by tag. A value that is a buffer is stored, and
 * its offset written. With `lastLeadsBack` the first page follows the last.
 */
export function craftedTiff(
  pages: readonly Readonly<Record<number, readonly (number | Buffer)[]>>[],
  options: { readonly bigEndian?: boolean; readonly lastLeadsBack?: boolean } = {},
): Buffer {
  const { bigEndian = false, lastLeadsBack = false } = options;
  const parts: Buffer[] = [Buffer.from(bigEndian ? "MM\0*" : "II*\0", "latin1"), long(8)];
  let end = 8;
  for (const [index, page] of pages.entries()) {
    const entries = Object.entries(page);
    const directory = 2 + 12 * entries.length + 4;
    const stored: Buffer[] = [];
    let storedAt = end + directory;
    const store = (bytes: Buffer) => {
      stored.push(bytes);
      storedAt += bytes.length;
      return storedAt - bytes.length;
    };
    const fields = entries.map(([tag, values]) => {
      const numbers = values.map((value) => (Buffer.isBuffer(value) ? store(value) : value));
      const [only = 0] = numbers;
      const at = numbers.length === 1 ? only : store(Buffer.concat(numbers.map(long)));
      return Buffer.concat([short(Number(tag)), short(4), long(numbers.length), long(at)]);
    });
    end = storedAt;
    const last = index === pages.length - 1;
    const next = last ? (lastLeadsBack ? 8 : 0) : end;
    parts.push(short(entries.length), ...fields, long(next), ...stored);
  }
  return Buffer.concat(parts);

  function long(value: number): Buffer {
    const bytes = Buffer.alloc(4);
    if (bigEndian) bytes.writeUInt32BE(value);
    else bytes.writeUInt32LE(value);
    return bytes;
  }

  function short(value: number): Buffer {
    return bigEndian ? long(value).subarray(2) : long(value).subarray(0, 2);
  }
}

function pngChunk(type: string, data: Buffer): Buffer {
  const length = Buffer.alloc(4);
  length.writeUInt32BE(data.length);
  return Buffer.concat([length, Buffer.from(type), data, Buffer.alloc(4)]);
}
