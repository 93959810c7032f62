import { expect } from "chai";
import { labelsOf } from "../../../handlers/photos/labelsOf.ts";
import { Jimp } from "../../../handlers/samples/image/decodeImage.ts";

const plain = (width: number, height: number, color = 0x0000ffff) =>
  new Jimp({ width, height, color });

/** Red from the left edge on, as far as asked; blue to the right. */
function redAndBlue(width: number, height: number, red: number) {
  const image = plain(width, height);
  for (let y = 0; y < height; y++) {
    for (let x = 0; x < red; x++) image.setPixelColor(0xff0000ff, x, y);
  }
  return image;
}

describe("a photo's labels", () => {
  for (const [shape, width, height] of [
    ["landscape", 300, 200],
    ["portrait", 200, 300],
    ["square", 200, 200],
    ["landscape", 2000, 1],
    ["portrait", 1, 70],
    ["square", 1, 1],
  ] as const) {
    it(`of ${width} x ${height} pixels begin with ${shape}`, () => {
      expect(labelsOf(plain(width, height))).to.deep.equal([shape, "blue"]);
    });
  }

  it("name its colours, the most frequent first", () => {
    expect(labelsOf(redAndBlue(200, 200, 150))).to.deep.equal(["square", "red", "blue"]);
    expect(labelsOf(redAndBlue(200, 200, 50))).to.deep.equal(["square", "blue", "red"]);
  });

  it("leave out a colour of which there is little", () => {
    expect(labelsOf(redAndBlue(200, 200, 20))).to.deep.equal(["square", "blue"]);
  });

  it("name no colour of what cannot be seen", () => {
    expect(labelsOf(plain(10, 10, 0xff000000))).to.deep.equal(["square"]);
  });
});
