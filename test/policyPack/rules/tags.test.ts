import { expect } from "chai";
import * as types from "../../../policyPack/types.ts";
import { found } from "../../harness/policyPack/judgedResource.ts";

describe("the policy on tags", () => {
  for (const tags of [undefined, { project: "fanout" }, { stack: "dev" }]) {
    it(`requires both tags, not only ${JSON.stringify(tags)}`, () => {
      expect(found(types.queue, { tags, tagsAll: tags })).to.deep.equal(["everything-is-tagged"]);
    });
  }

  it("accepts default tags of the stack", () => {
    const tags = { project: "fanout" };
    expect(found(types.queue, { tags, tagsAll: { ...tags, stack: "dev" } })).to.deep.equal([]);
  });
});
