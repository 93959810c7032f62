import { expect } from "chai";
import { orBranches } from "../../../aws/filterPolicy/filterPolicy.ts";

/** https://docs.aws.amazon.com/sns/latest/dg/and-or-logic.html */
const reserved = [
  ...["equals-ignore-case", "prefix", "suffix", "anything-but", "exists", "wildcard", "numeric"],
  ...["cidr", "exactly", "=", "<", "<=", ">", ">="],
];

describe("the alternatives of a filter", () => {
  it("are the objects of $or", () => {
    const branches = [{ a: ["1"] }, { b: ["2"] }];
    expect(orBranches("$or", branches)).to.equal(branches);
  });

  it("are none of another key, of one object, and of what is no object", () => {
    expect(orBranches("or", [{ a: 1 }, { b: 1 }])).to.equal(undefined);
    expect(orBranches("$or", [{ a: 1 }])).to.equal(undefined);
    expect(orBranches("$or", [{ a: 1 }, "b"])).to.equal(undefined);
    expect(orBranches("$or", { a: 1, b: 1 })).to.equal(undefined);
  });

  for (const name of reserved) {
    it(`are none where one has the key ${name}`, () => {
      expect(orBranches("$or", [{ a: 1 }, { b: 1, [name]: 1 }])).to.equal(undefined);
    });
  }
});
