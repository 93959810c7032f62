import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic, type FanoutTopicArgs } from "../../../components/index.ts";
import { fanoutTopicProblems } from "../../../components/validation/checkFanoutTopic.ts";
import { formatProblem } from "../../../components/validation/problem.ts";
import { resource } from "../../harness/programs/graph.ts";
import { runProgram } from "../../harness/programs/program.ts";

const handler = "handlers/a.ts";

function said(args: FanoutTopicArgs): string[] {
  return fanoutTopicProblems("orders", args, () => true).map(formatProblem);
}

/** Of every publisher but the last, which has the length that is wanted; each has 12 more digits. */
function publishers(count: number, lastLength: number) {
  const role = (length: number, index: number) =>
    `arn:aws:iam::000000000000:role/${"r".repeat(length)}${String(index).padStart(12, "0")}`;
  return Array.from({ length: count }, (_, index) => ({
    principalArn: role(index === count - 1 ? lastLength : 120, index),
  }));
}

describe("the size of a policy", () => {
  it("of a topic is refused from the first byte too many on, before anything is made", async () => {
    const topic = (lastLength: number) => ({
      publishers: publishers(95, lastLength),
      consumers: [{ name: "a" }],
    });
    // As long a name of the region as that of the mocks: what passes has just that size.
    const sizeOf = async (lastLength: number) => {
      const run = await runProgram(() => new FanoutTopic("orders", topic(lastLength)));
      return String(resource(run, "aws:sns/topicPolicy:TopicPolicy", "orders").inputs.policy)
        .length;
    };
    const least = await sizeOf(0);
    expect(least).to.be.lessThan(30_720);
    const largest = 30_720 - least;
    expect(await sizeOf(largest)).to.equal(30_720);
    expect(said(topic(largest + 1))).to.deep.equal([
      "the policy of the topic would have at least 30,721 bytes; AWS allows 30,720: name fewer sources, publishers or subscribers",
    ]);
  });

  for (const fifo of [false, true]) {
    it(`of a ${fifo ? "FIFO" : "standard"} topic counts every statement that it will have`, async () => {
      const partner = "210987654321";
      const suffix = fifo ? ".fifo" : "";
      const queue = (name: string) => `arn:aws:sqs:eu-west-1:${partner}:${name}${suffix}`;
      const topic = (lastLength: number, provider?: aws.Provider): FanoutTopicArgs => ({
        fifo,
        publishers: publishers(80, lastLength),
        subscribers: [{ account: partner, protocol: "sqs", endpoint: queue("theirs") }],
        sources: fifo
          ? []
          : [
              { bucket: "uploads", ownsNotifications: true },
              { eventPattern: { source: ["shop"] } },
              { bucket: "uploads", ownsNotifications: true, via: "eventBridge" },
            ],
        consumers: [
          { name: "ours" },
          { name: "theirs", account: partner, provider },
          { name: "found", account: partner, provider, existingQueueArn: queue("found") },
        ],
      });
      const sizeOf = async (lastLength: number) => {
        const run = await runProgram(() => {
          const provider = new aws.Provider("partner", { region: "eu-west-1" });
          return new FanoutTopic("orders", topic(lastLength, provider));
        });
        const { inputs } = resource(run, "aws:sns/topicPolicy:TopicPolicy", "orders");
        return String(inputs.policy).length;
      };
      const largest = 30_720 - (await sizeOf(0));
      const ofPolicy = (lastLength: number) =>
        said(topic(lastLength)).filter((problem) => problem.includes("the policy of"));
      expect(ofPolicy(largest)).to.deep.equal([]);
      expect(ofPolicy(largest + 1)).to.deep.equal([
        "the policy of the topic would have at least 30,721 bytes; AWS allows 30,720: name fewer sources, publishers or subscribers",
      ]);
    });
  }

  it("of an existing topic is its owner's", () => {
    const existingTopicArn = "arn:aws:sns:eu-west-1:123456789012:orders";
    const spec = { publishers: publishers(96, 100_000), consumers: [{ name: "a" }] };
    expect(said(spec)).to.have.lengthOf(1);
    const problems = said({ ...spec, existingTopicArn });
    expect(problems.filter((problem) => problem.includes("bytes"))).to.deep.equal([]);
  });

  it("of a key counts what the key's statements say more than the topic's", () => {
    const spec: FanoutTopicArgs = { publishers: publishers(85, 0), consumers: [{ name: "a" }] };
    expect(said(spec)).to.deep.equal([]);
    const [problem, ...others] = said({ ...spec, encryption: "kms" });
    expect(others).to.deep.equal([]);
    expect(problem).to.match(
      /^the policy of the key would have at least \d\d,\d{3} bytes; AWS allows 32,768: name fewer sources or publishers$/,
    );
  });

  it("of a role is refused when its permissions alone are too long; what is not known yet counts nothing", () => {
    const permissions = (Resource: pulumi.Input<string>) => [
      { Effect: "Allow" as const, Action: "s3:GetObject", Resource },
    ];
    const spec = (resourceArn: pulumi.Input<string>) => ({
      consumers: [
        { name: "a", handler: { entry: handler, permissions: permissions(resourceArn) } },
      ],
    });
    const arn = `arn:aws:s3:::pictures/${"a".repeat(10_240)}`;
    expect(said(spec(pulumi.output(arn)))).to.deep.equal([]);
    expect(said(spec(arn))).to.have.lengthOf(1);
    expect(said(spec(arn))[0]).to.match(
      /^consumer "a": the policy of the role would have at least 10,3\d\d bytes; AWS allows 10,240: name fewer resources in handler\.permissions$/,
    );
    const rest = JSON.stringify(permissions("")).length;
    expect(said(spec("a".repeat(10_240 - rest)))).to.deep.equal([]);
    expect(said(spec("a".repeat(10_241 - rest)))).to.have.lengthOf(1);
  });
});
