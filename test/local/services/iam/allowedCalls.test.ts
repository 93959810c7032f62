import { expect } from "chai";
import type { AccessRequest } from "../../../../local/protocol/access.ts";
import { AllowedCalls } from "../../../../local/services/iam/allowedCalls.ts";
import { parsePolicy } from "../../../../local/services/iam/policy.ts";

const policy = () =>
  parsePolicy("a policy", {
    Statement: [{ Effect: "Allow", Action: "sqs:SendMessage", Resource: "*" }],
  });

const request: AccessRequest = {
  principal: { kind: "role", arn: "arn:aws:iam::000000000000:role/orders" },
  action: "sqs:SendMessage",
  resource: "arn:aws:sqs:eu-west-1:000000000000:orders",
  context: { "aws:SecureTransport": "true" },
};

describe("the calls that were allowed", () => {
  let calls: AllowedCalls;
  const inForce = { identity: [policy()], boundary: policy(), resource: policy() };
  beforeEach(() => {
    calls = new AllowedCalls();
    calls.add(request, inForce);
  });

  it("are allowed again under the same policies", () => {
    expect(calls.has({ ...request, context: { ...request.context } }, { ...inForce })).to.equal(
      true,
    );
  });

  it("are others for another principal, action, resource or context", () => {
    const { context } = request;
    const changes: Partial<AccessRequest>[] = [
      { principal: { kind: "role", arn: "arn:aws:iam::000000000000:role/mail" } },
      { principal: { kind: "user", arn: "arn:aws:iam::000000000000:role/orders" } },
      { principal: { kind: "anonymous" } },
      { action: "sqs:ReceiveMessage" },
      { resource: "arn:aws:sqs:eu-west-1:000000000000:mail" },
      { context: {} },
      { context: { "aws:SecureTransport": "false" } },
      { context: { "aws:SourceArn": "true" } },
      { context: { ...context, "aws:SourceArn": "arn:aws:sns:eu-west-1:000000000000:orders" } },
    ];
    for (const change of changes) {
      expect(calls.has({ ...request, ...change }, inForce), JSON.stringify(change)).to.equal(false);
    }
  });

  it("are decided anew when a policy has changed, was added or removed", () => {
    const changes = [
      { identity: [policy()] },
      { identity: [] },
      { identity: [...inForce.identity, policy()] },
      { boundary: undefined },
      { resource: policy() },
    ];
    for (const change of changes) {
      expect(calls.has(request, { ...inForce, ...change })).to.equal(false);
    }
  });

  it("hold under the policies of the latest decision", () => {
    const later = { ...inForce, resource: policy() };
    calls.add(request, later);
    expect(calls.has(request, later)).to.equal(true);
    expect(calls.has(request, inForce)).to.equal(false);
  });

  it("are remembered for the latest 16 callers of an action", () => {
    const by = (number: number): AccessRequest => ({
      ...request,
      principal: { kind: "role", arn: `arn:aws:iam::000000000000:role/${number}` },
    });
    for (let number = 0; number < 16; number++) calls.add(by(number), inForce);
    expect(calls.has(request, inForce)).to.equal(false);
    for (let number = 0; number < 16; number++) {
      expect(calls.has(by(number), inForce), `${number}`).to.equal(true);
    }
  });
});
