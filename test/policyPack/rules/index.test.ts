import { expect } from "chai";
import { rules } from "../../../policyPack/rules/index.ts";
import * as types from "../../../policyPack/types.ts";
import { found, good, resource } from "../../harness/policyPack/judgedResource.ts";
import { violations } from "../../harness/policyPack/judgedStack.ts";

describe("the policies", () => {
  it("reports nothing about compliant resources", () => {
    const all = Object.keys(good).map((type) => resource(type, {}));
    // What has its policy in a resource of its own is told from the others by that.
    const topic = resource(types.topic, {}, [], "orders");
    const open = [topic, resource(types.topicPolicy, {}, [topic])];
    expect(
      violations(rules, [...all.filter(({ type }) => type !== types.topic), ...open]),
    ).to.deep.equal([]);
  });

  it("rejects a policy that it cannot parse", () => {
    const policy = JSON.stringify({ Statement: [{ Effect: "Perhaps" }] });
    expect(() => found(types.rolePolicy, { policy })).to.throw("Perhaps");
  });
});
