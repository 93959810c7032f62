import { deflateSync } from "node:zlib";
import { expect } from "chai";
import { decodedSize } from "../../../../handlers/samples/image/decodedSize.ts";
import { type ImageFormat, imageFormat } from "../../../../handlers/samples/image/imageFormat.ts";
import {
  craftedBmp,
  craftedGif,
  craftedJpeg,
  craftedPng,
  craftedTiff,
} from "../../../harness/handlers/craftedImages.ts";
import { picture } from "../../../harness/handlers/images.ts";

const most = 100_000_000;
const zeros = (length: number) => Buffer.alloc(length);

const sizeOf = (bytes: Buffer) => {
  const format = imageFormat(bytes);
  if (format === undefined) throw new Error("no image");
  return decodedSize(bytes, format, most);
};

describe("decodedSize", () => {
  for (const format of ["png", "jpeg", "gif", "bmp", "tiff"] as const satisfies ImageFormat[]) {
    it(`is four bytes for each pixel of a ${format}`, async () => {
      const bytes = await picture(`image/${format}`, 30, 20);
      expect(decodedSize(bytes, format, most)).to.equal(30 * 20 * 4);
    });
  }

  it("sees the pixels that a header promises, whatever the file's length", () => {
    const promised = 60_000 * 50_000 * 4;
    expect(sizeOf(craftedPng({ width: 60_000, height: 50_000 }))).to.equal(promised);
    expect(sizeOf(craftedJpeg(60_000, 50_000))).to.equal(promised);
    expect(sizeOf(craftedGif({ screen: [60_000, 50_000], frame: [1, 1] }))).to.equal(promised);
    expect(sizeOf(craftedBmp(60_000, 50_000))).to.equal(promised);
    expect(sizeOf(craftedTiff([{ 256: [60_000], 257: [50_000] }]))).to.equal(promised);
  });

  describe("of a PNG", () => {
    it("is eight bytes a pixel with 16 bits a channel", () => {
      expect(sizeOf(craftedPng({ width: 30, height: 20, bitDepth: 16 }))).to.equal(30 * 20 * 8);
    });

    it("is no more for an interlaced one that holds what it promises", () => {
      const options = { width: 30, height: 20, interlaced: true };
      const imageData = zeros(30 * 20 * 4 + 37);
      expect(sizeOf(craftedPng({ ...options, imageData }))).to.equal(30 * 20 * 4);
    });

    it("is beyond measure for an interlaced one that inflates to more than it promises", () => {
      const options = { width: 30, height: 20, interlaced: true };
      const imageData = zeros(1_000_000);
      expect(sizeOf(craftedPng({ ...options, imageData }))).to.equal(Number.POSITIVE_INFINITY);
    });

    it("cannot be told without a header", () => {
      const bytes = craftedPng({ width: 30, height: 20 });
      bytes.write("JUNK", 12);
      expect(() => sizeOf(bytes)).to.throw("a PNG begins with IHDR");
    });
  });

  describe("of a JPEG", () => {
    it("cannot be told when there is no frame header", () => {
      expect(() => sizeOf(Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 2]))).to.throw(RangeError);
      expect(() => sizeOf(Buffer.from([0xff, 0xd8, 0xff, 0xfe, 0, 2, 7]))).to.throw(
        "a JPEG segment should begin at byte 6",
      );
    });
  });

  describe("of a GIF", () => {
    it("is its first frame's, when that is larger than the screen", () => {
      const bytes = craftedGif({ screen: [10, 10], frame: [60_000, 50_000] });
      expect(sizeOf(bytes)).to.equal(60_000 * 50_000 * 4);
    });

    it("cannot be told without a frame", () => {
      const bytes = craftedGif({ screen: [10, 10], frame: [10, 10] });
      bytes[bytes.indexOf(0x2c)] = 0x3b;
      expect(() => sizeOf(bytes)).to.throw("a GIF's image should begin at 27");
    });
  });

  describe("of a BMP", () => {
    it("is the same with its rows from the top", () => {
      expect(sizeOf(craftedBmp(30, -20))).to.equal(30 * 20 * 4);
    });
  });

  describe("of a TIFF", () => {
    const page = { 256: [30], 257: [20] };
    const size = 30 * 20 * 4;

    it("is that of all its pages", () => {
      expect(sizeOf(craftedTiff([page, { 256: [10], 257: [10] }]))).to.equal(size + 400);
    });

    it("is read in either byte order", () => {
      expect(sizeOf(craftedTiff([page, page], { bigEndian: true }))).to.equal(2 * size);
    });

    it("counts samples of more than 32 bits a pixel, and tiles", () => {
      expect(sizeOf(craftedTiff([{ ...page, 258: [16], 277: [4] }]))).to.equal(30 * 20 * 8);
      const tiles = { 258: [8], 277: [3], 322: [60_000], 323: [50_000] };
      expect(sizeOf(craftedTiff([{ ...page, ...tiles }]))).to.equal(size + 60_000 * 50_000 * 3);
    });

    it("is what its deflated strips become, when that is more", () => {
      const strips = { 259: [8], 273: [deflateSync(zeros(5000)), deflateSync(zeros(6000))] };
      const lengths = strips[273].map(({ length }) => length);
      expect(sizeOf(craftedTiff([{ ...page, ...strips, 279: lengths }]))).to.equal(11_000);
    });

    it("is beyond measure when a deflated strip or tile becomes more than may be", () => {
      const bomb = deflateSync(zeros(1_000_001));
      const strips = { 259: [8], 273: [bomb], 279: [bomb.length] };
      const tiles = { 259: [32946], 324: [bomb], 325: [bomb.length] };
      for (const fields of [strips, tiles]) {
        const bytes = craftedTiff([{ ...page, ...fields }]);
        expect(decodedSize(bytes, "tiff", 1_000_000)).to.equal(Number.POSITIVE_INFINITY);
      }
    });

    it("cannot be told of packings that are not supported", () => {
      const bytes = craftedTiff([{ ...page, 259: [7] }]);
      expect(() => sizeOf(bytes)).to.throw("TIFF compression 7 is not supported");
    });

    it("cannot be told when its pages lead in a circle", () => {
      const bytes = craftedTiff([page], { lastLeadsBack: true });
      expect(() => sizeOf(bytes)).to.throw("more than 32 pages in a TIFF");
    });

    it("cannot be told when a field is longer than the file", () => {
      const bytes = craftedTiff([page]);
      bytes.writeUInt32LE(4_000_000_000, 8 + 2 + 4);
      expect(() => sizeOf(bytes)).to.throw("a TIFF's field is longer than the file");
    });
  });
});
