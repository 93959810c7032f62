import assert from "node:assert/strict";
import { before, describe, it } from "node:test";
import * as pulumi from "@pulumi/pulumi";
import type { FanoutTopic } from "@pulumi-fanout/fanout";
import { fanoutMocks, fanoutOf, receiversOf } from "@pulumi-fanout/fanout/testing";

describe("the orders", () => {
  let topic: FanoutTopic;
  before(async () => {
    await pulumi.runtime.setMocks(fanoutMocks());
    ({ topic } = await import("../index.ts"));
  });

  it("go to billing, whatever they are of, and to shipping if they are of goods", async () => {
    assert.deepEqual(await receiversOf(topic, { attributes: { kind: "service" } }), ["billing"]);
    assert.deepEqual(await receiversOf(topic, { attributes: { kind: "goods" } }), [
      "billing",
      "shipping",
    ]);
  });

  it("are tried five times before they become dead letters", async () => {
    const { consumers } = await fanoutOf(topic);
    for (const [name, { queue, deadLetterQueue }] of Object.entries(consumers)) {
      assert.equal(queue?.maxReceiveCount, 5, name);
      assert.ok(deadLetterQueue, name);
    }
  });
});
