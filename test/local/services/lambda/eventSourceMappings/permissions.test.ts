import { expect } from "chai";
import type { AccessRequest, Decision } from "../../../../../local/protocol/access.ts";
import { roleArn } from "../../../../harness/cloud/lambda.ts";
import { map, startMappings } from "../../../../harness/cloud/mappings.ts";
import { message } from "../../../../harness/cloud/queues.ts";

/** Allows everything but the actions that are denied at the moment. */
function gatekeeper() {
  const denied = new Set<string>();
  const asked: AccessRequest[] = [];
  const authorize = (request: AccessRequest): Decision => {
    asked.push(request);
    return denied.has(request.action)
      ? { allowed: false, reason: `no statement allows ${request.action}` }
      : { allowed: true };
  };
  return { authorize, denied, asked };
}

describe("the role of a function that works on a queue", () => {
  for (const action of ["ReceiveMessage", "DeleteMessage", "GetQueueAttributes"]) {
    it(`must be allowed sqs:${action} when the mapping is created`, () => {
      const { authorize, denied } = gatekeeper();
      const cloud = startMappings({ authorize });
      denied.add(`sqs:${action}`);

      expect(() => map(cloud)).to.throw(
        `The provided execution role does not have permissions to call ${action} on SQS: no statement allows sqs:${action}`,
      );
      expect(cloud.mappings.list()).to.deep.equal([]);
    });
  }

  it("must be allowed to decrypt with the queue's own key, but not with SQS's", () => {
    const { authorize, denied, asked } = gatekeeper();
    const cloud = startMappings({ authorize });
    denied.add("kms:Decrypt");
    map(cloud, {}, { KmsMasterKeyId: "alias/aws/sqs" });
    const { arn } = cloud.queues.create("secret", { KmsMasterKeyId: "alias/orders" });

    expect(() => cloud.mappings.create({ functionArn: arn, queueArn: arn })).to.throw(
      "no statement allows kms:Decrypt",
    );
    expect(asked.at(-1)).to.deep.equal({
      principal: { kind: "role", arn: roleArn },
      action: "kms:Decrypt",
      resource: "arn:aws:kms:eu-west-1:000000000000:alias/orders",
      context: { "aws:SecureTransport": "true" },
    });
  });

  it("must be allowed to decrypt to receive, and for nothing else", async () => {
    const { authorize, denied } = gatekeeper();
    const cloud = startMappings({ authorize });
    cloud.state.behaviour = "byHand";
    const { queue, mapping } = map(cloud, {}, { KmsMasterKeyId: "alias/orders" });
    cloud.queues.send(queue.arn, message("received in time"));
    await cloud.settle();

    denied.add("kms:Decrypt");
    cloud.invocations[0]?.succeed();
    await cloud.settle();
    cloud.queues.send(queue.arn, message("kept"));
    await cloud.settle();

    expect(cloud.queues.counts(queue.arn)).to.include({ visible: 1, inFlight: 0 });
    expect(cloud.mappings.get(mapping.uuid).problem).to.equal("no statement allows kms:Decrypt");
  });

  it("need not be allowed to decrypt where the queue has no key", () => {
    const { authorize, denied } = gatekeeper();
    const cloud = startMappings({ authorize });
    denied.add("kms:Decrypt");
    map(cloud, {}, { KmsMasterKeyId: "" });

    expect(cloud.mappings.list()).to.have.length(1);
  });

  it("that loses the right to receive stops the polling, which the trace and the mapping tell once", async () => {
    const { authorize, denied } = gatekeeper();
    const cloud = startMappings({ authorize });
    const { queue, mapping } = map(cloud);

    denied.add("sqs:ReceiveMessage");
    cloud.queues.send(queue.arn, message("kept"));
    await cloud.clock.advance(35_000);

    expect(cloud.invocations).to.have.length(0);
    expect(cloud.queues.counts(queue.arn).visible).to.equal(1);
    expect(cloud.mappings.get(mapping.uuid).problem).to.equal(
      "no statement allows sqs:ReceiveMessage",
    );
    const hops = cloud.trace.recent().filter(({ kind }) => kind === "denied");
    expect(hops).to.have.length(1);
    expect(hops[0]).to.include({
      event: mapping.uuid,
      from: queue.arn,
      to: mapping.functionArn,
      reason: "no statement allows sqs:ReceiveMessage",
    });
  });

  it("that gets the right back goes on within ten seconds", async () => {
    const { authorize, denied } = gatekeeper();
    const cloud = startMappings({ authorize });
    const { queue, mapping } = map(cloud);
    denied.add("sqs:ReceiveMessage");
    cloud.queues.send(queue.arn, message("kept"));
    await cloud.settle();

    denied.clear();
    await cloud.clock.advance(10_000);

    expect(cloud.invocations.map(({ bodies }) => bodies)).to.deep.equal([["kept"]]);
    expect(cloud.mappings.get(mapping.uuid)).not.to.have.property("problem");
  });

  it("that may not delete makes messages come back though they were handled", async () => {
    const { authorize, denied } = gatekeeper();
    const cloud = startMappings({ authorize });
    cloud.state.behaviour = "byHand";
    const { queue } = map(cloud, {}, { VisibilityTimeout: "30" });
    cloud.queues.send(queue.arn, message("again"));
    await cloud.settle();

    denied.add("sqs:DeleteMessage");
    cloud.invocations[0]?.succeed();
    await cloud.clock.advance(30_000);

    expect(cloud.invocations).to.have.length(2);
    const failed = cloud.trace.recent().find(({ kind }) => kind === "failed");
    expect(failed).to.include({
      reason:
        "it was handled but not deleted, and will come back: no statement allows sqs:DeleteMessage",
    });
  });
});

describe("a filtered message that may not be deleted", () => {
  it("comes back, which the trace tells", async () => {
    const { authorize, denied } = gatekeeper();
    const cloud = startMappings({ authorize });
    const { queue } = map(cloud, { filters: ['{"body":["wanted"]}'] }, { VisibilityTimeout: "30" });

    denied.add("sqs:DeleteMessage");
    cloud.queues.send(queue.arn, message("other"));
    await cloud.clock.advance(30_000);

    const reasons = cloud.trace
      .recent()
      .flatMap((hop) => (hop.kind === "filtered" ? [hop.reason] : []));
    const reason =
      "no filter of the event source mapping matches, but it will come back: no statement allows sqs:DeleteMessage";
    expect(reasons).to.deep.equal([reason, reason]);
  });
});

describe("a mapping whose queue is deleted", () => {
  it("says so, and goes on with a new queue of that name", async () => {
    const cloud = startMappings();
    const { queue, mapping } = map(cloud);

    cloud.queues.delete(queue.arn);
    await cloud.settle();
    const { problem } = cloud.mappings.get(mapping.uuid);
    await cloud.clock.advance(60_000);
    cloud.queues.create("work");
    cloud.queues.send(queue.arn, message("new"));
    await cloud.clock.advance(10_000);

    expect(problem).to.equal("The specified queue does not exist.");
    expect(cloud.invocations.map(({ bodies }) => bodies)).to.deep.equal([["new"]]);
    expect(cloud.mappings.get(mapping.uuid)).not.to.have.property("problem");
  });
});
