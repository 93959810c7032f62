import { expect } from "chai";
import { json, resource, subscriptionTo } from "../harness/programs/graph.ts";
import { runStack } from "../harness/programs/stack.ts";

describe("system alerts", () => {
  for (const [consumer, protocol, endpoint, filter] of [
    ["email", "email", "alerts@example.com", { severity: ["warning", "critical"] }],
    ["sms", "sms", "+12025550123", { severity: ["critical"] }],
  ] as const) {
    it(`are sent by ${consumer} to the address of the settings, if they are severe enough`, async () => {
      const run = await runStack("dev", { systems: ["system-alerts"] });
      const subscription = subscriptionTo(run, endpoint);
      expect(subscription.inputs).to.include({ protocol });
      expect(json(subscription, "filterPolicy")).to.deep.equal(filter);
    });
  }

  it("are all logged", async () => {
    const run = await runStack("dev", { systems: ["system-alerts"] });
    const type = "aws:sns/topicSubscription:TopicSubscription";
    const { inputs } = resource(run, type, "system-alerts-log");
    expect(inputs).to.include({ protocol: "lambda" });
    expect(inputs).not.to.have.property("filterPolicy");
  });
});
