import { expect } from "chai";
import { fitText } from "../../../local/terminal/fitText.ts";

const help = `tool COMMAND

One sentence that is
broken already.

  --port N  where the local run is
  --an-option-that-is-long NAME  what it means`;

describe("a text in a terminal", () => {
  it("has its paragraphs and entries broken anew where it is too wide", () => {
    expect(fitText(help, 30)).to.equal(`tool COMMAND

One sentence that is broken
already.

  --port N  where the local
            run is
  --an-option-that-is-long
    NAME  what it means`);
  });

  it("stays as it is where it fits, and where there is no terminal", () => {
    expect(fitText(help, 60)).to.equal(help);
    expect(fitText(help, undefined)).to.equal(help);
  });
});
