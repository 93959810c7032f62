export type ImageFormat = "png" | "jpeg" | "gif" | "bmp" | "tiff";

/** First bytes, as Latin-1 text. */
const signatures: readonly (readonly [signature: string, format: ImageFormat])[] = [
  ["\x89PNG\r\n\x1a\n", "png"],
  ["\xff\xd8\xff", "jpeg"],
  ["GIF87a", "gif"],
  ["GIF89a", "gif"],
  ["BM", "bmp"],
  ["II*\0", "tiff"],
  ["MM\0*", "tiff"],
];

/** Detects the format from the first bytes: names and content types are only the uploader's claim. */
export function imageFormat(bytes: Buffer): ImageFormat | undefined {
  const start = bytes.toString("latin1", 0, 8);
  return signatures.find(([signature]) => start.startsWith(signature))?.[1];
}
