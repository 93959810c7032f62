import { expect } from "chai";
import { json, resource } from "../harness/programs/graph.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("user interactions", () => {
  for (const [consumer, type] of [
    ["likes", "like"],
    ["shares", "share"],
    ["comments", "comment"],
  ]) {
    it(`of type ${type} go to ${consumer}, and no other type does`, async () => {
      const run = await runStack("dev", { systems: ["user-interactions"] });
      const name = `user-interactions-${consumer}`;
      const subscription = resource(run, "aws:sns/topicSubscription:TopicSubscription", name);
      expect(json(subscription, "filterPolicy")).to.deep.equal({ type: [type] });
      expect(subscription.inputs.filterPolicyScope).to.be.oneOf([undefined, "MessageAttributes"]);
    });
  }
});
