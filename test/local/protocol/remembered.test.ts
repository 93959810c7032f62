import { expect } from "chai";
import { remembered } from "../../../local/protocol/remembered.ts";

describe("a function that remembers", () => {
  it("computes once for each text, undefined as well, until there are too many", () => {
    const computed: string[] = [];
    const lengthOf = remembered(2, (text) => {
      computed.push(text);
      return text === "" ? undefined : text.length;
    });
    expect(["", "abc", "", "abc"].map(lengthOf)).to.deep.equal([undefined, 3, undefined, 3]);
    expect(computed).to.deep.equal(["", "abc"]);
    expect(["ab", "abc"].map(lengthOf)).to.deep.equal([2, 3]);
    expect(computed).to.deep.equal(["", "abc", "ab", "abc"]);
  });
});
