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
