import { expect } from "chai";
import { FanoutTopic, type HandlerArgs } from "../../components/index.ts";
import { thrownBy } from "../harness/assertions/failure.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const entry = "test/fixtures/handlers/echo.ts";

function mails(handler: Partial<HandlerArgs>) {
  return runProgram(
    () =>
      new FanoutTopic("news", {
        consumers: [
          { name: "mail", handler: { entry, ...handler } },
          { name: "direct", kind: "function", handler: { entry, ...handler } },
        ],
      }),
  );
}

async function problem(handler: object): Promise<unknown> {
  const { outputs } = await runProgram(() =>
    thrownBy(
      () =>
        new FanoutTopic("news", { consumers: [{ name: "mail", handler: { entry, ...handler } }] }),
    ),
  );
  return outputs;
}

describe("the alias of a handler", () => {
  it("points at the version that each change publishes, with environments kept initialized", async () => {
    const run = await mails({ alias: { provisionedConcurrency: 2 } });
    expect(resource(run, "aws:lambda/function:Function", "news-mail").inputs).to.include({
      publish: true,
    });
    expect(resource(run, "aws:lambda/alias:Alias", "news-mail").inputs).to.include({
      name: "live",
      functionName: "news-mail-1a2b3c4",
    });
    const provisioned = "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig";
    expect(resource(run, provisioned, "news-mail").inputs).to.deep.equal({
      functionName: "news-mail-1a2b3c4",
      qualifier: "live",
      provisionedConcurrentExecutions: 2,
    });
  });

  it("leaves a share of the invocations to an earlier version", async () => {
    const run = await mails({ alias: { previous: { version: "3", percent: 90 } } });
    const { inputs } = resource(run, "aws:lambda/alias:Alias", "news-mail");
    expect(inputs.routingConfig).to.deep.equal({ additionalVersionWeights: { 3: 0.9 } });
  });

  it("is what the topic may invoke, and what failures are kept for", async () => {
    const run = await mails({ alias: {} });
    for (const type of [
      "aws:lambda/permission:Permission",
      "aws:lambda/functionEventInvokeConfig:FunctionEventInvokeConfig",
    ]) {
      expect(resource(run, type, "news-direct").inputs).to.have.property("qualifier", "live");
    }
  });

  it("is rejected with shares and versions that Lambda does not have", async () => {
    expect(
      await problem({
        reservedConcurrency: 1,
        alias: { provisionedConcurrency: 2, previous: { version: "$LATEST", percent: 100 } },
      }),
    ).to.have.property(
      "message",
      [
        'FanoutTopic "news": 3 problems',
        '  - consumer "mail": handler.alias.provisionedConcurrency (2) is above handler.reservedConcurrency (1)',
        '  - consumer "mail": handler.alias.previous.version must be the number of a version, such as "3" (given "$LATEST")',
        '  - consumer "mail": handler.alias.previous.percent must be 1 to 99 (given 100); remove previous to run the newest version only',
      ].join("\n"),
    );
  });
});

describe("the storage of a handler", () => {
  const accessPointArn =
    "arn:aws:elasticfilesystem:eu-west-1:123456789012:access-point/fsap-0123456789abcdef0";
  const vpc = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };

  it("is a file system, with the permission to mount it, and a larger /tmp", async () => {
    const fileSystem = { accessPointArn, mountPath: "/mnt/models" };
    const run = await mails({ vpc, fileSystem, ephemeralStorageMb: 2048 });
    expect(resource(run, "aws:lambda/function:Function", "news-mail").inputs).to.deep.include({
      fileSystemConfig: { arn: accessPointArn, localMountPath: "/mnt/models" },
      ephemeralStorage: { size: 2048 },
    });
    const policy = json(resource(run, "aws:iam/rolePolicy:RolePolicy", "news-mail"), "policy");
    expect(policy).to.have.deep.nested.property("Statement[2]", {
      Sid: "MountFileSystem",
      Effect: "Allow",
      Action: ["elasticfilesystem:ClientMount", "elasticfilesystem:ClientWrite"],
      Resource: "arn:aws:elasticfilesystem:eu-west-1:123456789012:file-system/*",
      Condition: { StringEquals: { "elasticfilesystem:AccessPointArn": accessPointArn } },
    });
  });

  it("is rejected if Lambda rejects it", async () => {
    const fileSystem = { accessPointArn: "fsap-1", mountPath: "/models" };
    expect(await problem({ fileSystem, ephemeralStorageMb: 100 })).to.have.property(
      "message",
      [
        'FanoutTopic "news": 4 problems',
        '  - consumer "mail": handler.ephemeralStorageMb must be 512 to 10,240 MB (given 100)',
        '  - consumer "mail": handler.fileSystem requires handler.vpc',
        '  - consumer "mail": handler.fileSystem.accessPointArn must be the ARN of an access point (given "fsap-1")',
        '  - consumer "mail": handler.fileSystem.mountPath must be /mnt/ and a name (given "/models")',
      ].join("\n"),
    );
  });

  it("is rejected with a permission of the same Sid as the component's", async () => {
    const permission = {
      Sid: "MountFileSystem",
      Effect: "Allow",
      Action: "s3:GetObject",
      Resource: "arn:aws:s3:::models/*",
    };
    expect(await problem({ permissions: [permission] })).to.have.property(
      "message",
      'FanoutTopic "news": 1 problem\n  - consumer "mail": handler.permissions.0.Sid "MountFileSystem" is the component\'s own; rename it',
    );
  });
});
