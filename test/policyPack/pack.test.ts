import { expect } from "chai";
import { mapping, queue } from "../../policyPack/types.ts";
import {
  type RunningPack,
  startPolicyPack,
  unknownText,
} from "../harness/policyPack/policyPack.ts";

const encrypted = {
  sqsManagedSseEnabled: true,
  tags: { project: "fanout", stack: "dev" },
};

describe("the policy pack, started as the CLI does", () => {
  let pack: RunningPack;
  before(async () => {
    pack = await startPolicyPack();
  });
  after(() => pack.stop());

  it("reports what is wrong with a resource, and stops the deployment", async () => {
    const properties = { tags: encrypted.tags };
    expect(await pack.analyze({ type: queue, name: "orders", properties })).to.deep.equal([
      {
        level: "mandatory",
        message:
          "queues-are-encrypted: Queues are encrypted with SSE-SQS or a KMS key.\nthe queue is not encrypted; set sqsManagedSseEnabled or kmsMasterKeyId",
      },
    ]);
  });

  it("reports nothing about a compliant resource", async () => {
    expect(
      await pack.analyze({ type: queue, name: "orders", properties: encrypted }),
    ).to.deep.equal([]);
  });

  it("reports what it cannot know in a preview, without stopping it", async () => {
    const properties = { ...encrypted, policy: unknownText };
    const found = await pack.analyze({ type: queue, name: "orders", properties });
    expect(found.map(({ level }) => level)).to.deep.equal(["advisory", "advisory"]);
    for (const { message } of found) {
      expect(message).to.match(/^(policies-ask-for-tls|grants-are-narrow): can't run/);
      expect(message).to.contain("value at .policy can't be known during preview");
    }
  });

  it("checks the known resources of a stack beside unknown ones", async () => {
    const policy = JSON.stringify({
      Statement: {
        Effect: "Deny",
        Principal: "*",
        Condition: { Bool: { "aws:SecureTransport": "false" } },
      },
    });
    const found = await pack.analyzeStack([
      { type: queue, name: "unknown", properties: { ...encrypted, policy: unknownText } },
      { type: queue, name: "open", properties: encrypted },
      { type: queue, name: "closed", properties: { ...encrypted, policy } },
      { type: mapping, name: "worker", properties: {}, dependencies: ["closed"] },
    ]);
    expect(
      found.filter(({ level }) => level === "mandatory").map(({ message }) => message),
    ).to.deep.equal([
      "topics-queues-buckets-have-a-policy: Topics, queues and buckets have a policy that requires TLS.\nhas no policy that denies plain HTTP; add one",
      "worked-queues-have-dead-letters: A queue that a function polls has a dead-letter queue.\na function polls the queue, but it has no redrivePolicy; set one",
    ]);
    expect(found.filter(({ level }) => level === "advisory")).to.have.lengthOf(1);
  });
});
