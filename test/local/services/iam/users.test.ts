import { expect } from "chai";
import type { Principal } from "../../../../local/protocol/access.ts";
import { providerWorld } from "../../../harness/provider/awsProvider.ts";
import { policyFor } from "../../../harness/provider/resourceCases.ts";

const queueArn = "arn:aws:sqs:eu-west-1:000000000000:inbox";
const bob = "arn:aws:iam::000000000000:user/bob";

const unknown: Principal = { kind: "anonymous" };

describe("users of the account", () => {
  let world: ReturnType<typeof providerWorld>;
  let key: Awaited<ReturnType<typeof world.create>>;

  beforeEach(async () => {
    world = providerWorld();
    await world.create("aws:sqs/queue:Queue", "inbox", { name: "inbox" });
    await world.create("aws:iam/user:User", "bob", { name: "bob" });
    key = await world.create("aws:iam/accessKey:AccessKey", "bob-key", { user: "bob" });
  });
  afterEach(() => world.cloud.close());

  const signer = () => world.cloud.permissions.accessKeys.find(key.id)?.principal ?? unknown;
  const may = (action: string, principal: Principal = signer()) =>
    world.cloud.permissions.authorize({ principal, action, resource: queueArn, context: {} })
      .allowed;
  const give = (policy: string) =>
    world.create("aws:iam/userPolicy:UserPolicy", "own", { name: "own", user: "bob", policy });

  it("are who signs with one of their keys, and may do what their policies allow", async () => {
    expect(signer()).to.deep.equal({ kind: "user", arn: bob });
    expect(may("sqs:SendMessage")).to.equal(false);
    const own = await give(policyFor("sqs:SendMessage", queueArn));
    expect(may("sqs:SendMessage")).to.equal(true);
    expect(may("sqs:ReceiveMessage")).to.equal(false);
    await world.provider.delete(own);
    await world.create("aws:iam/userPolicyAttachment:UserPolicyAttachment", "all", {
      user: "bob",
      policyArn: "arn:aws:iam::aws:policy/AmazonSQSFullAccess",
    });
    expect(may("sqs:ReceiveMessage")).to.equal(true);
    expect(may("sns:Publish")).to.equal(false);
  });

  it("get policies that are attached to several at once", async () => {
    const attachment = await world.create("aws:iam/policyAttachment:PolicyAttachment", "many", {
      name: "many",
      users: ["bob"],
      policyArn: "arn:aws:iam::aws:policy/AmazonSQSFullAccess",
    });
    expect(may("sqs:SendMessage")).to.equal(true);
    await world.provider.delete(attachment);
    expect(may("sqs:SendMessage")).to.equal(false);
  });

  it("are unknown by a key that is not active or deleted", async () => {
    await give(policyFor("sqs:*", queueArn));
    await world.update(key, { user: "bob", status: "Inactive" });
    expect(signer()).to.equal(unknown);
    await world.update(key, { user: "bob", status: "Active" });
    expect(signer()).to.deep.equal({ kind: "user", arn: bob });
    await world.provider.delete(key);
    expect(signer()).to.equal(unknown);
  });

  it("have no more than their boundary allows, unless a resource names them", async () => {
    const boundary = "arn:aws:iam::aws:policy/AmazonSNSFullAccess";
    await give(policyFor("sqs:*", queueArn));
    const user = await world.create("aws:iam/user:User", "amy", {
      name: "amy",
      permissionsBoundary: boundary,
    });
    const amy: Principal = { kind: "user", arn: "arn:aws:iam::000000000000:user/amy" };
    await world.create("aws:iam/userPolicy:UserPolicy", "hers", {
      name: "hers",
      user: "amy",
      policy: policyFor("sqs:*", queueArn),
    });
    expect(may("sqs:SendMessage", amy)).to.equal(false);
    const policy = policyFor("sqs:SendMessage", queueArn, { AWS: amy.arn });
    await world.create("aws:sqs/queuePolicy:QueuePolicy", "open", {
      queueUrl: "http://127.0.0.1:4566/000000000000/inbox",
      policy,
    });
    expect(may("sqs:SendMessage", amy)).to.equal(true);
    expect(may("sqs:ReceiveMessage", amy)).to.equal(false);
    await world.update(user, { name: "amy" });
    expect(may("sqs:ReceiveMessage", amy)).to.equal(true);
  });

  it("share a name with a role without its policies", async () => {
    await world.create("aws:iam/role:Role", "bob", {
      name: "bob",
      assumeRolePolicy: policyFor("sts:AssumeRole", "*", { Service: "lambda.amazonaws.com" }),
    });
    await world.create("aws:iam/rolePolicy:RolePolicy", "of-role", {
      name: "p",
      role: "bob",
      policy: policyFor("sqs:*", queueArn),
    });
    expect(may("sqs:SendMessage")).to.equal(false);
    const role: Principal = { kind: "role", arn: "arn:aws:iam::000000000000:role/bob" };
    expect(may("sqs:SendMessage", role)).to.equal(true);
  });

  it("limit roles by their boundaries, and a role that names none has none", async () => {
    const role: Principal = { kind: "role", arn: "arn:aws:iam::000000000000:role/worker" };
    const inputs = {
      name: "worker",
      assumeRolePolicy: policyFor("sts:AssumeRole", "*", { Service: "lambda.amazonaws.com" }),
      inlinePolicies: [{ name: "all", policy: policyFor("*", "*") }],
    };
    const made = await world.create("aws:iam/role:Role", "worker", {
      ...inputs,
      permissionsBoundary: "arn:aws:iam::aws:policy/AmazonSNSFullAccess",
    });
    expect(may("sqs:SendMessage", role)).to.equal(false);
    expect(made.outputs.permissionsBoundary).to.equal(
      "arn:aws:iam::aws:policy/AmazonSNSFullAccess",
    );
    await world.update(made, inputs);
    expect(may("sqs:SendMessage", role)).to.equal(true);
  });
});
