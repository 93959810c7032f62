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
