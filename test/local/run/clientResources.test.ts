import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  AddPermissionCommand,
  CreateEventSourceMappingCommand,
  CreateFunctionCommand,
  DeleteFunctionCommand,
  LambdaClient,
  UpdateFunctionCodeCommand,
  UpdateFunctionConfigurationCommand,
} from "@aws-sdk/client-lambda";
import { expect } from "chai";
import { madeByClients } from "../../../local/console/systems/madeByClients.ts";
import { zip } from "../../../local/provider/assets/zip.ts";
import { type LocalCloud, openEmptyCloud } from "../../../local/run/localCloud.ts";
import { fetchSigned } from "../../harness/endpoints/signedRequests.ts";

const region = "eu-west-1";
const roleArn = "arn:aws:iam::000000000000:role/worker";
const policyArn = "arn:aws:iam::000000000000:policy/reads";
const trust = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Principal: { Service: "lambda.amazonaws.com" },
    Action: "sts:AssumeRole",
  },
});
const reads = JSON.stringify({
  Version: "2012-10-17",
  Statement: {
    Effect: "Allow",
    Action: ["sqs:ReceiveMessage", "sqs:DeleteMessage", "sqs:GetQueueAttributes"],
    Resource: "arn:aws:sqs:*:*:work",
  },
});

describe("what clients make on a cloud that keeps its data", () => {
  let dataDirectory: string;
  let local: LocalCloud;
  let lambda: LambdaClient;

  const open = async () => {
    local = await openEmptyCloud({ region, port: 0, dataDirectory });
    const credentials = { accessKeyId: "test", secretAccessKey: "test" };
    lambda = new LambdaClient({ endpoint: local.url, region, credentials });
  };
  const close = async () => {
    lambda.destroy();
    await local.close();
  };
  const reopen = async () => {
    await close();
    await open();
  };

  async function iam(Action: string, parameters: Record<string, string>): Promise<void> {
    const form = new URLSearchParams({ Action, Version: "2010-05-08", ...parameters });
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    const sent = { method: "POST", headers, body: form.toString() };
    const { status } = await fetchSigned(`${local.url}/`, sent, { service: "iam" });
    expect(status).to.equal(200);
  }

  const code = (text: string) =>
    zip({ "index.mjs": `export const handler = async () => "${text} " + process.env.WORD;` });

  before(async () => {
    dataDirectory = mkdtempSync(path.join(tmpdir(), "fanout-clients-"));
    await open();
    await iam("CreateRole", { RoleName: "worker", AssumeRolePolicyDocument: trust });
    await iam("CreatePolicy", { PolicyName: "reads", PolicyDocument: reads });
    await iam("AttachRolePolicy", { RoleName: "worker", PolicyArn: policyArn });
    const { arn: queueArn } = local.cloud.queues.create("work", {});
    await lambda.send(
      new CreateFunctionCommand({
        FunctionName: "worker",
        Runtime: "nodejs24.x",
        Handler: "index.handler",
        Role: roleArn,
        Code: { ZipFile: await code("first") },
      }),
    );
    await lambda.send(
      new CreateEventSourceMappingCommand({
        FunctionName: "worker",
        EventSourceArn: queueArn,
        BatchSize: 3,
        Enabled: false,
      }),
    );
  });

  after(async () => {
    await close();
    rmSync(dataDirectory, { recursive: true });
  });

  it("is there when the cloud opens again, as it was changed last", async () => {
    const ZipFile = await code("second");
    await lambda.send(new UpdateFunctionCodeCommand({ FunctionName: "worker", ZipFile }));
    await lambda.send(
      new UpdateFunctionConfigurationCommand({
        FunctionName: "worker",
        Timeout: 9,
        Environment: { Variables: { WORD: "word" } },
      }),
    );
    await lambda.send(
      new AddPermissionCommand({
        FunctionName: "worker",
        StatementId: "topics",
        Action: "lambda:InvokeFunction",
        Principal: "sns.amazonaws.com",
      }),
    );
    const { policy } = local.cloud.functions;
    const before = policy.call(local.cloud.functions, "worker");
    const [mapping] = local.cloud.mappings.list();

    await reopen();

    const { functions, mappings, permissions } = local.cloud;
    expect(functions.policy("worker")).to.equal(before);
    expect(functions.get("worker").version).to.deep.include({ timeoutSeconds: 9, roleArn });
    const result = await functions.invoke("worker", "{}");
    expect(result).to.include({ outcome: "succeeded", payload: '"second word"' });
    expect(permissions.roles.find(roleArn)?.attached).to.deep.equal(new Set([policyArn]));
    expect(permissions.roles.find(roleArn)?.trust).to.equal(trust);
    expect(permissions.roles.managedPolicy(policyArn)).to.equal(reads);
    expect(mappings.list()).to.have.length(1);
    expect(mappings.list()[0]).to.deep.include({
      uuid: mapping?.uuid,
      batchSize: 3,
      enabled: false,
    });
    expect(await madeByClients(local.cloud)).to.deep.equal([
      "queue work",
      "function worker",
      `mapping ${mapping?.uuid}`,
    ]);
  });

  it("stays away once a client has deleted it", async () => {
    const uuid = local.cloud.mappings.list()[0]?.uuid ?? "";
    local.cloud.mappings.delete(uuid);
    await lambda.send(new DeleteFunctionCommand({ FunctionName: "worker" }));
    await iam("DetachRolePolicy", { RoleName: "worker", PolicyArn: policyArn });
    await iam("DeletePolicy", { PolicyArn: policyArn });
    await iam("DeleteRole", { RoleName: "worker" });

    await reopen();

    expect(local.cloud.functions.list()).to.deep.equal([]);
    expect(local.cloud.mappings.list()).to.deep.equal([]);
    expect(local.cloud.permissions.roles.find(roleArn)).to.equal(undefined);
    expect(local.cloud.permissions.roles.findManagedPolicy(policyArn)).to.equal(undefined);
  });
});
