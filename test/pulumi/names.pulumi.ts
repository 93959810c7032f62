import path from "node:path";
import { expect } from "chai";
import { newProject } from "../harness/packages/newProject.ts";
import { fanoutIn } from "../harness/processes/fanoutCommand.ts";
import { type FanoutPulumi, fanoutPulumiIn } from "../harness/pulumi/fanoutPulumi.ts";

/** No limit of the machine's: what hangs is ended. */
const generousMilliseconds = 900_000;

/** A program that knows nothing of this project, with the names that Pulumi makes unique. */
const program = `
name: shop
runtime: yaml
resources:
  orders:
    type: aws:sns:Topic
  orders-billing:
    type: aws:sqs:Queue
  allowed:
    type: aws:sqs:QueuePolicy
    properties:
      queueUrl: \${orders-billing.url}
      policy:
        fn::toJSON:
          Version: "2012-10-17"
          Statement:
            - Effect: Allow
              Principal: { Service: sns.amazonaws.com }
              Action: sqs:SendMessage
              Resource: \${orders-billing.arn}
  subscribed:
    type: aws:sns:TopicSubscription
    properties:
      topic: \${orders.arn}
      protocol: sqs
      endpoint: \${orders-billing.arn}
outputs:
  topicArn: \${orders.arn}
  password: { "fn::secret": hush }
`;

describe("a stack of Pulumi's CLI on the local cloud", function () {
  this.timeout(generousMilliseconds);
  let project: ReturnType<typeof newProject>;
  let stack: FanoutPulumi;

  before(async () => {
    project = newProject(
      {
        "Pulumi.yaml": program,
        "Pulumi.dev.yaml": "config:\n  aws:region: eu-west-1\n",
        "message.json": '{"orderId":"o-1"}',
      },
      [],
    );
    stack = await fanoutPulumiIn(project.folder, path.join(project.folder, "home"));
  });
  after(async () => {
    await stack[Symbol.asyncDispose]();
    project.remove();
  });

  const served = async () => (await fetch(`${stack.url}/_fanout/outputs`)).json();

  async function ops(...args: string[]): Promise<string> {
    const { port } = new URL(stack.url);
    const command = fanoutIn(project.folder, ["ops", ...args, "--port", port], {});
    expect(await command.exit, command.output()).to.equal(0);
    return command.output();
  }

  it("has its outputs at the endpoint, and the names of the program in ops", async () => {
    expect(await served()).to.deep.equal({});
    await stack.pulumi("up", "--yes");
    expect(await served()).to.deep.equal(await stack.outputs());
    expect(await served()).to.have.property("password", "[secret]");
    expect(await ops("publish", "orders", "message.json")).to.match(/published/);
    expect(await ops("peek", "orders/billing")).to.include("o-1");
    await stack.pulumi("destroy", "--yes");
    expect(await served()).to.deep.equal({});
  });
});
