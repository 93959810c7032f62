import { expect } from "chai";
import { awsErrorOf } from "../../../../harness/cloud/awsErrors.ts";
import { makeQueues } from "../../../../harness/cloud/queues.ts";

const arn = "arn:aws:sqs:eu-west-1:000000000000:work";

function makeQueue(attributes: Record<string, string> = {}) {
  const { queues } = makeQueues();
  queues.create("work", attributes);
  return queues;
}

function statement(Sid: string, account: string) {
  return {
    Sid,
    Effect: "Allow",
    Principal: { AWS: `arn:aws:iam::${account}:root` },
    Action: "SQS:ReceiveMessage",
    Resource: arn,
  };
}

describe("a queue's access policy", () => {
  for (const policy of ["bad", "[]", "5", "{}", '{"Version":"1","Statement":[{}]}']) {
    it(`refuses ${policy}`, () => {
      const queues = makeQueue();
      expect(awsErrorOf(() => queues.setAttributes(arn, { Policy: policy }))).to.deep.equal({
        code: "InvalidAttributeValue",
        message: "Invalid value for the parameter Policy.",
      });
    });
  }

  it("holds 20 statements and 8,192 bytes", () => {
    const queues = makeQueue();
    const policy = (Statement: object[]) => JSON.stringify({ Version: "2012-10-17", Statement });
    queues.setAttributes(arn, { Policy: policy(Array(20).fill({ Sid: "s" })) });
    expect(
      awsErrorOf(() => queues.setAttributes(arn, { Policy: policy(Array(21).fill({})) })),
    ).to.deep.equal({
      code: "OverLimit",
      message: "21 statements were found in the submitted policy, max allowed is 20",
    });
    const wide = policy([{ Sid: "x".repeat(8192) }]);
    expect(awsErrorOf(() => queues.setAttributes(arn, { Policy: wide })).code).to.equal(
      "InvalidAttributeValue",
    );
  });

  it("grows and shrinks by one permission at a time", () => {
    const queues = makeQueue();
    const accounts = ["111111111111"];
    queues.addPermission(arn, { label: "one", accounts, actions: ["ReceiveMessage"] });
    queues.addPermission(arn, { label: "two", accounts, actions: ["ReceiveMessage"] });
    const document = (Statement: object[]) => ({
      Version: "2008-10-17",
      Id: `${arn}/SQSDefaultPolicy`,
      Statement,
    });
    expect(JSON.parse(queues.policy(arn) ?? "")).to.deep.equal(
      document([statement("one", "111111111111"), statement("two", "111111111111")]),
    );
    queues.removePermission(arn, "one");
    expect(JSON.parse(queues.policy(arn) ?? "")).to.deep.equal(
      document([statement("two", "111111111111")]),
    );
    queues.removePermission(arn, "two");
    expect(queues.policy(arn)).to.equal(undefined);
  });

  it("names several accounts and actions in lists", () => {
    const queues = makeQueue();
    queues.addPermission(arn, {
      label: "many",
      accounts: ["111111111111", "222222222222"],
      actions: ["SendMessage", "*"],
    });
    const [only] = JSON.parse(queues.policy(arn) ?? "").Statement;
    expect(only.Principal.AWS).to.deep.equal([
      "arn:aws:iam::111111111111:root",
      "arn:aws:iam::222222222222:root",
    ]);
    expect(only.Action).to.deep.equal(["SQS:SendMessage", "SQS:*"]);
  });

  it("refuses a label that is taken, and one that is not there", () => {
    const queues = makeQueue();
    const permission = { label: "one", accounts: ["111111111111"], actions: ["*"] };
    queues.addPermission(arn, permission);
    expect(awsErrorOf(() => queues.addPermission(arn, permission))).to.deep.equal({
      code: "InvalidParameterValue",
      message: "Value one for parameter Label is invalid. Reason: Already exists.",
    });
    expect(awsErrorOf(() => queues.removePermission(arn, "two"))).to.deep.equal({
      code: "InvalidParameterValue",
      message: "Value two for parameter Label is invalid. Reason: can't find label.",
    });
  });

  it("refuses a wrong label, account or action", () => {
    const queues = makeQueue();
    const good = { label: "one", accounts: ["111111111111"], actions: ["SendMessage"] };
    for (const [wrong, code] of [
      [{ label: "a b" }, "InvalidParameterValue"],
      [{ accounts: ["12"] }, "InvalidParameterValue"],
      [{ actions: ["Sing"] }, "InvalidParameterValue"],
      [{ actions: Array(8).fill("SendMessage") }, "OverLimit"],
    ] as const) {
      const add = () => queues.addPermission(arn, { ...good, ...wrong });
      expect(awsErrorOf(add).code, JSON.stringify(wrong)).to.equal(code);
    }
    expect(queues.policy(arn)).to.equal(undefined);
  });
});
