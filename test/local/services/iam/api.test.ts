import { expect } from "chai";
import { type Decision, owner } from "../../../../local/protocol/access.ts";
import type { Reply } from "../../../../local/protocol/call.ts";
import { iamService } from "../../../../local/services/iam/api/iam.ts";
import { Roles } from "../../../../local/services/iam/roles.ts";

const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: [
    { Effect: "Allow", Principal: { Service: "lambda.amazonaws.com" }, Action: "sts:AssumeRole" },
  ],
});
const mayReceive = JSON.stringify({
  Version: "2012-10-17",
  Statement: [{ Effect: "Allow", Action: "sqs:ReceiveMessage", Resource: "*" }],
});

describe("IAM on the wire", () => {
  let roles: Roles;
  let decision: Decision;

  beforeEach(() => {
    roles = new Roles();
    decision = { allowed: true };
  });

  async function send(Action: string, input: Readonly<Record<string, string>>): Promise<Reply> {
    const service = iamService({ roles, authorize: () => decision });
    return service({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: {},
      body: Buffer.from(
        new URLSearchParams({ Action, Version: "2010-05-08", ...input }).toString(),
      ),
      service: "iam",
      region: "us-east-1",
      principal: owner,
      callerArn: "arn:aws:iam::000000000000:root",
    });
  }

  async function elementOf(reply: Promise<Reply>, name: string): Promise<string | undefined> {
    const { body } = await reply;
    return new RegExp(`<${name}>([^<]*)</${name}>`).exec(String(body))?.[1];
  }

  const createRole = (RoleName: string) =>
    send("CreateRole", { RoleName, AssumeRolePolicyDocument: trust, Path: "/team/" });

  it("creates roles, and answers with their documents percent-encoded", async () => {
    expect(await elementOf(createRole("worker"), "Arn")).to.equal(
      "arn:aws:iam::000000000000:role/team/worker",
    );
    const found = send("GetRole", { RoleName: "worker" });
    expect(await elementOf(found, "AssumeRolePolicyDocument")).to.equal(encodeURIComponent(trust));
  });

  it("gives roles policies that decide, and takes them away", async () => {
    await createRole("worker");
    const { arn } = roles.named("worker");
    const create = send("CreatePolicy", { PolicyName: "receive", PolicyDocument: mayReceive });
    const PolicyArn = (await elementOf(create, "Arn")) ?? "";

    await send("PutRolePolicy", {
      RoleName: "worker",
      PolicyName: "own",
      PolicyDocument: mayReceive,
    });
    await send("AttachRolePolicy", { RoleName: "worker", PolicyArn });
    expect(roles.policies(arn)).to.have.lengthOf(2);
    expect(await elementOf(send("DeleteRole", { RoleName: "worker" }), "Code")).to.equal(
      "DeleteConflict",
    );

    await send("DeleteRolePolicy", { RoleName: "worker", PolicyName: "own" });
    await send("DetachRolePolicy", { RoleName: "worker", PolicyArn });
    expect(roles.policies(arn)).to.deep.equal([]);
    await send("DeletePolicy", { PolicyArn });
    expect((await send("DeleteRole", { RoleName: "worker" })).status).to.equal(200);
    expect(await elementOf(send("GetRole", { RoleName: "worker" }), "Code")).to.equal(
      "NoSuchEntity",
    );
  });

  it("refuses a second role of a name, and a document that is no policy", async () => {
    await createRole("worker");
    expect(await elementOf(createRole("worker"), "Code")).to.equal("EntityAlreadyExists");
    const put = { RoleName: "worker", PolicyName: "own", PolicyDocument: "{" };
    expect(await elementOf(send("PutRolePolicy", put), "Code")).to.equal("MalformedPolicyDocument");
  });

  it("creates no role with a boundary that does not exist", async () => {
    const PermissionsBoundary = "arn:aws:iam::000000000000:policy/none";
    const create = send("CreateRole", {
      RoleName: "worker",
      AssumeRolePolicyDocument: trust,
      PermissionsBoundary,
    });
    expect(await elementOf(create, "Code")).to.equal("NoSuchEntity");
    expect(roles.arns()).to.deep.equal([]);
  });

  it("refuses a caller without the permission", async () => {
    decision = { allowed: false, reason: "no statement allows it" };
    const reply = await createRole("worker");
    expect(reply.status).to.equal(403);
    expect(roles.arns()).to.deep.equal([]);
  });
});
