/** A negative height means that the rows run from the top. BITMAPINFOHEADER. */
export function decodedSizeOfBmp(bytes: Buffer): number {
  const width = bytes.readUInt32LE(18);
  const height = Math.abs(bytes.readInt32LE(22));
  return width * height * 4;
}
