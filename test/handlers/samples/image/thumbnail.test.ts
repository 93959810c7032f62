import { expect } from "chai";
import { mostDecodedBytes, UnusableImage } from "../../../../handlers/samples/image/decodeImage.ts";
import { imageFormat } from "../../../../handlers/samples/image/imageFormat.ts";
import { makeThumbnail } from "../../../../handlers/samples/image/thumbnail.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";
import {
  craftedJpeg,
  craftedPng,
  withOrientation,
} from "../../../harness/handlers/craftedImages.ts";
import { picture, view } from "../../../harness/handlers/images.ts";

describe("makeThumbnail", () => {
  for (const [type, contentType] of [
    ["image/png", "image/png"],
    ["image/jpeg", "image/jpeg"],
    ["image/gif", "image/gif"],
    ["image/bmp", "image/png"],
    ["image/tiff", "image/png"],
  ] as const) {
    it(`makes ${contentType} of ${type}`, async () => {
      const thumbnail = await makeThumbnail(await picture(type, 600, 300));
      expect(thumbnail.contentType).to.equal(contentType);
      expect(await view(thumbnail.body)).to.include({
        type: contentType,
        width: 256,
        height: 128,
        left: "red",
        right: "blue",
      });
    });
  }

  for (const [what, [width, height], expected] of [
    ["a tall one", [300, 600], [128, 256]],
    ["a square one", [257, 257], [256, 256]],
    ["one that is only too wide", [512, 100], [256, 50]],
    ["one that is only too tall", [100, 512], [50, 256]],
    ["a line", [2000, 1], [256, 1]],
    ["one that just fits", [256, 200], [256, 200]],
    ["a small one, as it is", [20, 10], [20, 10]],
    ["a dot", [1, 1], [1, 1]],
  ] as const) {
    it(`keeps the proportions of ${what}`, async () => {
      const { body } = await makeThumbnail(await picture("image/png", width, height));
      const seen = await view(body);
      expect([seen.width, seen.height]).to.deep.equal(expected);
    });
  }

  it("turns a photograph upright, and drops the camera's notes", async () => {
    const turned = withOrientation(await picture("image/jpeg", 600, 300), 6);
    const { body } = await makeThumbnail(turned);
    expect(await view(body)).to.include({ width: 128, height: 256, top: "red", bottom: "blue" });
    expect(body.includes("Exif")).to.equal(false);
  });

  it("refuses what is no image, whatever it is called", async () => {
    for (const text of ["", "hello", "<svg></svg>", "RIFF....WEBP", "\x89PN"]) {
      const failure = await failureOf(makeThumbnail(Buffer.from(text, "latin1")));
      expect(failure).to.be.instanceOf(UnusableImage).and.include({ reason: "not an image" });
    }
  });

  it("refuses what begins as an image and goes on as garbage", async () => {
    const garbage = Buffer.from("garbage".repeat(100));
    for (const type of [
      "image/png",
      "image/jpeg",
      "image/gif",
      "image/bmp",
      "image/tiff",
    ] as const) {
      const start = (await picture(type, 20, 20)).subarray(0, 8);
      const failure = await failureOf(makeThumbnail(Buffer.concat([start, garbage])));
      expect(failure, type).to.be.instanceOf(UnusableImage);
      expect(failure, type)
        .to.have.property("reason")
        .that.is.oneOf(["cannot be decoded", "too large"]);
    }
  });

  it("refuses a PNG whose data is cut off or damaged, and says why", async () => {
    const whole = await picture("image/png", 200, 200);
    const cut = await failureOf(makeThumbnail(whole.subarray(0, whole.length / 2)));
    expect(cut).to.include({ name: "UnusableImage", reason: "cannot be decoded" });
    expect(cut.message).to.have.length.above(5);
    const header = whole.subarray(0, 33);
    const broken = Buffer.concat([header, Buffer.from("garbage".repeat(20))]);
    expect(await failureOf(makeThumbnail(broken))).to.include({ reason: "cannot be decoded" });
  });

  it("refuses a decompression bomb before it decodes it", async () => {
    const zeros = Buffer.alloc(1_000_000);
    for (const bomb of [
      craftedPng({ width: 60_000, height: 60_000 }),
      craftedPng({ width: 10, height: 10, interlaced: true, imageData: zeros }),
      craftedJpeg(60_000, 60_000),
    ]) {
      const failure = await failureOf(makeThumbnail(bomb));
      expect(failure).to.include({
        name: "UnusableImage",
        reason: "too large",
        message: "would be more than 100 MB when decoded",
      });
    }
  });

  it("draws the line at 25 megapixels", async () => {
    const width = 5000;
    const height = mostDecodedBytes / 4 / width;
    const at = await failureOf(makeThumbnail(craftedPng({ width, height })));
    expect(at).to.include({ reason: "cannot be decoded" });
    const over = await failureOf(makeThumbnail(craftedPng({ width, height: height + 1 })));
    expect(over).to.include({ reason: "too large" });
  });
});

describe("imageFormat", () => {
  it("goes by the bytes", async () => {
    for (const format of ["png", "jpeg", "gif", "bmp", "tiff"] as const) {
      expect(imageFormat(await picture(`image/${format}`, 2, 2))).to.equal(format);
    }
    expect(imageFormat(Buffer.from("GIF87a"))).to.equal("gif");
    expect(imageFormat(Buffer.from("MM\0*", "latin1"))).to.equal("tiff");
    expect(imageFormat(Buffer.from("%PDF-1.7"))).to.equal(undefined);
    expect(imageFormat(Buffer.alloc(0))).to.equal(undefined);
  });
});
