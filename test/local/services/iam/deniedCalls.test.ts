import { expect } from "chai";
import { owner } from "../../../../local/protocol/access.ts";
import { Permissions } from "../../../../local/services/iam/permissions.ts";

const queue = "arn:aws:sqs:eu-west-1:000000000000:orders";
const bySns = {
  principal: { kind: "service", name: "sns.amazonaws.com" },
  action: "sqs:SendMessage",
  resource: queue,
  context: {},
} as const;
const byOwner = { ...bySns, principal: owner };

describe("faults that deny calls", () => {
  it("deny what matches principal, action and resource, with the reason, and nothing else", () => {
    const permissions = new Permissions(() => undefined, false);
    const { id } = permissions.faults.add({
      principal: "sns.*",
      action: "SQS:Send*",
      resource: "arn:aws:sqs:*:orders",
    });
    expect(permissions.authorize(bySns)).to.deep.equal({
      allowed: false,
      reason: `the injected fault ${id} denies sns.amazonaws.com sqs:SendMessage on ${queue}`,
    });
    for (const other of [
      byOwner,
      { ...bySns, action: "sqs:ReceiveMessage" },
      { ...bySns, resource: `${queue}-dlq` },
    ]) {
      expect(permissions.authorize(other)).to.deep.equal({ allowed: true });
    }
  });

  it("deny any caller where only the resource is named, as often as they are for", () => {
    const permissions = new Permissions(() => undefined, false);
    permissions.faults.add({ resource: queue }, 2);
    const decisions = [bySns, byOwner, bySns].map((call) => permissions.authorize(call).allowed);
    expect(decisions).to.deep.equal([false, false, true]);
  });
});
