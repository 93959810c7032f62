import type { ImageFormat } from "../imageFormat.ts";
import { decodedSizeOfBmp } from "./bmp.ts";
import { decodedSizeOfGif } from "./gif.ts";
import { decodedSizeOfJpeg } from "./jpeg.ts";
import { decodedSizeOfPng } from "./png.ts";
import { decodedSizeOfTiff } from "./tiff.ts";

const byFormat = {
  bmp: decodedSizeOfBmp,
  gif: decodedSizeOfGif,
  jpeg: decodedSizeOfJpeg,
  png: decodedSizeOfPng,
  tiff: decodedSizeOfTiff,
};

/**
 * The bytes that a decoder would fill, told by the headers alone: a few kilobytes can promise gigabytes
 * of pixels. May be infinity for more than `most`.
 *
 * @throws Error where the headers make no sense
 */
export function decodedSize(bytes: Buffer, format: ImageFormat, most: number): number {
  return byFormat[format](bytes, most);
}
