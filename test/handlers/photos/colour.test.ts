import { expect } from "chai";
import { colourOf } from "../../../handlers/photos/colour.ts";

describe("the name of a colour", () => {
  for (const [red, green, blue, name] of [
    [0, 0, 0, "black"],
    [20, 10, 15, "black"],
    [255, 255, 255, "white"],
    [250, 245, 240, "white"],
    [128, 128, 128, "grey"],
    [120, 125, 130, "grey"],
    [255, 0, 0, "red"],
    [200, 30, 45, "red"],
    [255, 140, 0, "orange"],
    [139, 69, 19, "brown"],
    [255, 230, 0, "yellow"],
    [0, 160, 60, "green"],
    [0, 200, 210, "cyan"],
    [30, 60, 220, "blue"],
    [135, 190, 235, "blue"],
    [150, 40, 220, "purple"],
    [255, 100, 180, "pink"],
  ] as const) {
    it(`of ${red}, ${green}, ${blue} is ${name}`, () => {
      expect(colourOf(red, green, blue)).to.equal(name);
    });
  }
});
