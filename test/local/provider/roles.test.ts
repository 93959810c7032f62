import { expect } from "chai";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import {
  code,
  functionArn,
  policyFor,
  prepare,
  trust,
} from "../../harness/provider/resourceCases.ts";

const roleType = "aws:iam/role:Role";
const workerArn = "arn:aws:iam::000000000000:role/worker";
const queue = "arn:aws:sqs:eu-west-1:000000000000:inbox";

describe("a role of a program", () => {
  let world: ProviderWorld;
  beforeEach(() => {
    world = providerWorld();
  });
  afterEach(() => world.cloud.close());

  const assumeRolePolicy = trust("lambda.amazonaws.com");
  const role = (more: object = {}) =>
    world.create(roleType, "worker", { name: "worker", assumeRolePolicy, ...more });
  const mayReceive = () =>
    world.cloud.permissions.authorize({
      principal: { kind: "role", arn: "arn:aws:iam::000000000000:role/worker" },
      action: "sqs:ReceiveMessage",
      resource: queue,
      context: {},
    }).allowed;
  const managed = "arn:aws:iam::aws:policy/service-role/AWSLambdaSQSQueueExecutionRole";
  const receive = policyFor("sqs:ReceiveMessage", queue);

  it("may do nothing by itself", async () => {
    await role();
    expect(mayReceive()).to.equal(false);
  });

  for (const [what, grant] of [
    ["a policy in it", () => role({ inlinePolicies: [{ name: "a", policy: receive }] })],
    ["a managed policy that it names", () => role({ managedPolicyArns: [managed] })],
    [
      "a managed policy that is attached",
      async () => {
        await role();
        const attachment = { role: "worker", policyArn: managed };
        await world.create("aws:iam/rolePolicyAttachment:RolePolicyAttachment", "a", attachment);
      },
    ],
    [
      "a policy of the account that is attached",
      async () => {
        await role();
        const { id } = await world.create("aws:iam/policy:Policy", "mine", { policy: receive });
        const attachment = { roles: ["worker"], policyArn: id };
        await world.create("aws:iam/policyAttachment:PolicyAttachment", "a", attachment);
      },
    ],
  ] as const) {
    it(`may do what ${what} allows`, async () => {
      await grant();
      expect(mayReceive()).to.equal(true);
    });
  }

  it("loses what a policy allowed when the policy is detached", async () => {
    await role();
    const type = "aws:iam/rolePolicyAttachment:RolePolicyAttachment";
    const attached = await world.create(type, "a", { role: "worker", policyArn: managed });
    await world.provider.delete(attached);
    expect(mayReceive()).to.equal(false);
  });

  it("takes no managed policy that the local cloud does not know", async () => {
    const policyArn = "arn:aws:iam::aws:policy/AmazonRoute53FullAccess";
    const refused = await failureOf(role({ managedPolicyArns: [policyArn] }));
    expect(refused.message).to.equal(
      `Policy ${policyArn} does not exist among the managed policies that the local cloud knows; write its statements into a policy of your own where the program runs locally.`,
    );
  });

  it("runs no function unless it trusts Lambda", async () => {
    await role({ assumeRolePolicy: trust("ec2.amazonaws.com") });
    const refused = await failureOf(
      world.create("aws:lambda/function:Function", "work", {
        role: "arn:aws:iam::000000000000:role/worker",
        runtime: "nodejs24.x",
        handler: "index.handler",
        code,
      }),
    );
    expect(refused.message).to.match(
      /^The role defined for the function cannot be assumed by Lambda\. \(/,
    );
  });

  it("runs no function of a role that does not exist", async () => {
    const missing = "arn:aws:iam::000000000000:role/missing";
    const inputs = { role: missing, runtime: "nodejs24.x", handler: "index.handler", code };
    const refused = await failureOf(world.create("aws:lambda/function:Function", "work", inputs));
    expect(refused.message).to.equal(
      `The role defined for the function cannot be assumed by Lambda. (there is no role ${missing} with a trust policy)`,
    );
  });

  for (const [service, type, inputs, message] of [
    [
      "firehose",
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      {
        destination: "extended_s3",
        extendedS3Configuration: { bucketArn: "arn:aws:s3:::files", roleArn: workerArn },
      },
      `Firehose is unable to assume role ${workerArn}.`,
    ],
    [
      "scheduler",
      "aws:scheduler/schedule:Schedule",
      {
        scheduleExpression: "rate(5 minutes)",
        flexibleTimeWindow: { mode: "OFF" },
        target: { arn: functionArn, roleArn: workerArn },
      },
      "must allow AWS EventBridge Scheduler to assume the role.",
    ],
  ] as const) {
    it(`must trust ${service} before it acts as the role`, async () => {
      await prepare(world);
      const worker = {
        type: roleType,
        name: "worker",
        urn: `urn:${roleType}::worker`,
        id: "worker",
        inputs: { name: "worker", assumeRolePolicy, path: "/" },
        outputs: {},
      };
      await world.update(worker, { name: "worker", assumeRolePolicy });
      expect((await failureOf(world.create(type, "it", inputs))).message).to.include(message);
      const trusting = trust(`${service}.amazonaws.com`);
      await world.update(worker, { name: "worker", assumeRolePolicy: trusting });
      expect((await world.create(type, "it", inputs)).id).not.to.equal("");
    });
  }
});
