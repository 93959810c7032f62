import { expect } from "chai";
import { rules } from "../../../policyPack/rules/index.ts";
import * as types from "../../../policyPack/types.ts";
import { found, resource } from "../../harness/policyPack/judgedResource.ts";
import { violations } from "../../harness/policyPack/judgedStack.ts";

describe("the policies on encryption", () => {
  it("requires encrypted queues", () => {
    expect(found(types.queue, { sqsManagedSseEnabled: false })).to.deep.equal([
      "queues-are-encrypted",
    ]);
    expect(
      found(types.queue, { sqsManagedSseEnabled: undefined, kmsMasterKeyId: "k" }),
    ).to.deep.equal([]);
  });

  it("requires encrypted tables", () => {
    for (const serverSideEncryption of [undefined, { enabled: false }]) {
      expect(found(types.table, { serverSideEncryption })).to.deep.equal(["tables-are-encrypted"]);
    }
  });

  it("requires keys that rotate", () => {
    expect(found(types.key, { enableKeyRotation: undefined })).to.deep.equal(["keys-rotate"]);
  });

  it("requires encrypted topics if a stack enables the policy", () => {
    const rule = rules.filter(({ name }) => name === "topics-are-encrypted");
    expect(rule.map(({ level }) => level)).to.deep.equal(["disabled"]);
    expect(
      violations(rule, [resource(types.topic, { kmsMasterKeyId: undefined })]),
    ).to.have.lengthOf(1);
  });
});
