import { styleText } from "node:util";
import { expect } from "chai";
import { wrapLine } from "../../../local/terminal/wrapLine.ts";

describe("a line that is wider than the terminal", () => {
  it("breaks between words, and sets in what belongs to it", () => {
    expect(wrapLine("one two  three four", 10)).to.equal("one two\n    three\n    four");
    expect(wrapLine("one two  three four", 14)).to.equal("one two  three\n    four");
  });

  it("stays as it is where it fits, and where there is no terminal", () => {
    expect(wrapLine("one  two", 8)).to.equal("one  two");
    expect(wrapLine("one  two", undefined)).to.equal("one  two");
  });

  it("keeps a word that is too long for any line whole", () => {
    expect(wrapLine("a incomprehensibilities b", 10)).to.equal(
      "a\n    incomprehensibilities\n    b",
    );
  });

  it("counts what is seen, not its colours", () => {
    const red = styleText("red", "two three", { validateStream: false });
    expect(wrapLine(`one ${red}`, 13)).to.equal(`one ${red}`);
    expect(wrapLine(`one ${red}`, 8)).to.equal(`one ${red.replace(" three", "\n    three")}`);
  });
});
