import { inflatedSize } from "./inflatedSize.ts";

/** A file with more pages is a document or an attack. */
const mostPages = 32;

const bytesOfType: Readonly<Record<number, number>> = {
  1: 1, // byte
  2: 1, // text
  3: 2, // short
  4: 4, // long
  5: 8, // rational
  6: 1,
  7: 1,
  8: 2,
  9: 4,
  10: 8,
  11: 4,
  12: 8,
  13: 4,
};

const tag = {
  width: 256,
  height: 257,
  bitsPerSample: 258,
  compression: 259,
  stripOffsets: 273,
  samplesPerPixel: 277,
  stripSizes: 279,
  tileWidth: 322,
  tileHeight: 323,
  tileOffsets: 324,
  tileSizes: 325,
};

const packings = { none: 1, lzw: 5, deflate: 8, packBits: 32773, oldDeflate: 32946 };
const deflated = [packings.deflate, packings.oldDeflate];

/** Values of one page by tag. */
type Page = ReadonlyMap<number, readonly number[]>;

/** Sums all pages, because the decoder decodes all of them. TIFF 6.0, and Adobe's note on deflate. */
export function decodedSizeOfTiff(bytes: Buffer, most: number): number {
  return readPages(bytes).reduce((size, page) => size + sizeOfPage(bytes, page, most), 0);
}

function sizeOfPage(bytes: Buffer, page: Page, most: number): number {
  const compression = first(page, tag.compression, packings.none);
  if (!Object.values(packings).includes(compression)) {
    throw new Error(`TIFF compression ${compression} is not supported`);
  }
  const width = first(page, tag.width, 0);
  const height = first(page, tag.height, 0);
  const bytesPerPixel =
    (first(page, tag.bitsPerSample, 1) * first(page, tag.samplesPerPixel, 1)) / 8;
  const tile = first(page, tag.tileWidth, 0) * first(page, tag.tileHeight, 0);
  const size = width * height * Math.max(4, bytesPerPixel) + tile * bytesPerPixel;
  if (size > most || !deflated.includes(compression)) return size;
  return Math.max(size, sizeOfStrips(bytes, page, most));
}

/** The decoder inflates a whole strip or tile before it checks the length. */
function sizeOfStrips(bytes: Buffer, page: Page, most: number): number {
  const offsets = page.get(tag.tileOffsets) ?? page.get(tag.stripOffsets) ?? [];
  const sizes = page.get(tag.tileSizes) ?? page.get(tag.stripSizes) ?? [];
  let total = 0;
  for (const [index, offset] of offsets.entries()) {
    const strip = bytes.subarray(offset, offset + (sizes[index] ?? 0));
    total += inflatedSize(strip, most - total);
    if (total > most) break;
  }
  return total;
}

function readPages(bytes: Buffer): Page[] {
  const littleEndian = bytes.toString("latin1", 0, 2) === "II";
  const read: Read = (offset, size) =>
    littleEndian ? bytes.readUIntLE(offset, size) : bytes.readUIntBE(offset, size);
  const pages: Page[] = [];
  for (let start = read(4, 4); start !== 0; ) {
    if (pages.length === mostPages) throw new Error(`more than ${mostPages} pages in a TIFF`);
    const entries = read(start, 2);
    pages.push(readPage(bytes.length, read, start + 2, entries));
    start = read(start + 2 + 12 * entries, 4);
  }
  return pages;
}

type Read = (offset: number, size: number) => number;

function readPage(length: number, read: Read, start: number, entries: number): Page {
  const page = new Map<number, number[]>();
  for (let entry = start; entry < start + 12 * entries; entry += 12) {
    const size = bytesOfType[read(entry + 2, 2)] ?? 1;
    const count = read(entry + 4, 4);
    if (count * size > length) throw new Error("a TIFF's field is longer than the file");
    page.set(read(entry, 2), size > 4 ? [] : readValues(read, entry, size, count));
  }
  return page;
}

/** Values of up to four bytes are in the entry itself, longer ones where it points to. */
function readValues(read: Read, entry: number, size: number, count: number): number[] {
  const start = count * size <= 4 ? entry + 8 : read(entry + 8, 4);
  return Array.from({ length: count }, (_, index) => read(start + index * size, size));
}

function first(page: Page, wanted: number, otherwise: number): number {
  return page.get(wanted)?.[0] ?? otherwise;
}
