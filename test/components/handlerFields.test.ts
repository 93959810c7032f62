import { expect } from "chai";
import { FanoutTopic, type HandlerArgs } from "../../components/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

const entry = "test/fixtures/handlers/echo.ts";
const layer = "arn:aws:lambda:eu-west-1:123456789012:layer:images:3";

const mails = (handler: Partial<HandlerArgs>) =>
  runProgram(
    () =>
      new FanoutTopic("mails", { consumers: [{ name: "send", handler: { entry, ...handler } }] }),
  );

describe("the fields of a handler", () => {
  it("set the architecture and the layers of its function", async () => {
    const { inputs } = resource(
      await mails({ architecture: "x86_64", layers: [layer] }),
      "aws:lambda/function:Function",
      "mails-send",
    );
    expect(inputs.architectures).to.deep.equal(["x86_64"]);
    expect(inputs.layers).to.deep.equal([layer]);
  });

  it("run a container image instead of bundled code, with the environment as it is given", async () => {
    const uri = `123456789012.dkr.ecr.eu-west-1.amazonaws.com/mails@sha256:${"0".repeat(64)}`;
    const image = { uri, command: ["mail.handler"] };
    const environment = { FROM: "shop@example.com" };
    const run = await runProgram(
      () =>
        new FanoutTopic("mails", {
          consumers: [{ name: "send", handler: { image, environment, memoryMb: 512 } }],
        }),
    );
    const { inputs } = resource(run, "aws:lambda/function:Function", "mails-send");
    expect(inputs).to.deep.include({
      packageType: "Image",
      imageUri: uri,
      imageConfig: { commands: ["mail.handler"] },
      environment: { variables: environment },
      memorySize: 512,
      architectures: ["arm64"],
    });
    expect(inputs).not.to.have.any.keys("runtime", "handler", "code");
  });

  it("run it in a VPC, with the permissions for its network interfaces", async () => {
    const vpc = { subnetIds: ["subnet-1"], securityGroupIds: ["sg-1"] };
    const run = await mails({ vpc });
    const { inputs } = resource(run, "aws:lambda/function:Function", "mails-send");
    expect(inputs.vpcConfig).to.deep.equal(vpc);
    const policy = json(resource(run, "aws:iam/rolePolicy:RolePolicy", "mails-send"), "policy");
    expect(policy)
      .to.have.property("Statement")
      .that.deep.includes({
        Sid: "ManageInterfaces",
        Effect: "Allow",
        Action: [
          "ec2:AssignPrivateIpAddresses",
          "ec2:CreateNetworkInterface",
          "ec2:DeleteNetworkInterface",
          "ec2:DescribeNetworkInterfaces",
          "ec2:DescribeSubnets",
          "ec2:UnassignPrivateIpAddresses",
        ],
        Resource: "*",
        Condition: { StringEquals: { "aws:RequestedRegion": "eu-west-1" } },
      });
  });

  const refused: readonly (readonly [Partial<HandlerArgs>, string])[] = [
    [{ layers: Array(6).fill(layer) }, "handler.layers may have at most 5 layers (given 6)"],
    [
      { vpc: { subnetIds: [], securityGroupIds: ["sg-1"] } },
      "handler.vpc.subnetIds is empty; name at least one",
    ],
    [
      { bundle: { loaders: { html: "text" } } },
      'handler.bundle.loaders: "html" is not an extension such as ".html"',
    ],
  ];
  for (const [handler, problem] of refused) {
    it(`are checked before any resource is created: ${problem}`, async () => {
      expect((await failureOf(mails(handler))).message).to.equal(
        `FanoutTopic "mails": 1 problem\n  - consumer "send": ${problem}`,
      );
    });
  }
});
