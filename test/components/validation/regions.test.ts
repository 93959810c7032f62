import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { knownRegions, partitionOf, partitions } from "../../../aws/regions.ts";
import { FanoutTopic } from "../../../components/index.ts";
import { resource } from "../../harness/programs/graph.ts";
import { consumerProblems } from "../../harness/programs/problems.ts";
import { runProgram } from "../../harness/programs/program.ts";

const handler = "handlers/a.ts";

describe("the list of regions", () => {
  it("contains each region once, under the partition that its prefix names", () => {
    expect(new Set(knownRegions).size).to.equal(knownRegions.length);
    for (const [partition, { enabled, optIn }] of Object.entries(partitions)) {
      for (const region of [...enabled, ...optIn]) {
        expect(partitionOf(region), region).to.equal(partition);
      }
    }
  });
});

describe("a consumer's region", () => {
  for (const region of ["eu-west-1", "eusc-de-east-1", "us-gov-east-1", "us-isob-east-1"]) {
    it(`may be ${region}`, () => {
      expect(consumerProblems({ region })).to.deep.equal([]);
    });
  }

  it("is a warning if it has the form of a region and is not known", () => {
    expect(consumerProblems({ region: "ap-southeast-9" })).to.deep.equal([
      'warning: consumer "a": region "ap-southeast-9" is not among those known on 2026-11-21; did you mean "ap-southeast-1"?',
    ]);
  });

  for (const region of ["Ireland", "eu-west", "eu_west_1", "EU-WEST-1", "eu-west-1a"]) {
    it(`is rejected if it is ${region}`, () => {
      expect(consumerProblems({ region })).to.deep.equal([
        `error: consumer "a": region must be a region's name, such as "eu-west-1" (given "${region}")`,
      ]);
    });
  }

  it("is in the topic's partition", () => {
    const existingTopicArn = "arn:aws-cn:sns:cn-north-1:123456789012:orders";
    expect(consumerProblems({ region: "eusc-de-east-1" }, { existingTopicArn })).to.deep.equal([
      'error: consumer "a": SNS does not deliver from cn-north-1 to eusc-de-east-1: they are in different partitions, aws-cn and aws-eusc',
    ]);
  });

  const elsewhere = (region: string) =>
    `error: consumer "a": region: the topic's key exists in the topic's region only, and queues in another region cannot use it; remove region if it is the topic's, subscribe an existing queue there, or use another topic without encryption (given region ${region})`;

  it("is rejected with a key, which new queues in another region cannot use", () => {
    const region = "eu-west-1";
    expect(consumerProblems({ region }, { encryption: "kms" })).to.deep.equal([
      elsewhere('"eu-west-1"'),
    ]);
    expect(
      consumerProblems({ kind: "function", handler, region }, { encryption: "kms" }),
    ).to.deep.equal([elsewhere('"eu-west-1"')]);
    expect(
      consumerProblems({ region: pulumi.output(region) }, { encryption: "kms" }),
    ).to.deep.equal([elsewhere("as an Output")]);
  });

  it("is that of an existing queue, in which its function polls it", async () => {
    const existingQueueArn = "arn:aws:sqs:us-east-1:123456789012:mail";
    expect(consumerProblems({ region: "us-west-2", existingQueueArn, handler })).to.deep.equal([
      'error: consumer "a": region is us-west-2, but the queue is in us-east-1; remove region: it defaults to the queue\'s',
    ]);
    for (const arn of [existingQueueArn, pulumi.output(existingQueueArn)]) {
      const entry = "test/fixtures/handlers/echo.ts";
      const consumers = [{ name: "a", existingQueueArn: arn, handler: entry }];
      const run = await runProgram(() => new FanoutTopic("news", { consumers }));
      for (const type of [
        "aws:lambda/function:Function",
        "aws:lambda/eventSourceMapping:EventSourceMapping",
        "aws:cloudwatch/logGroup:LogGroup",
      ]) {
        expect(resource(run, type, "news-a").inputs.region, type).to.equal("us-east-1");
      }
    }
  });

  it("may differ from the key's for an existing queue, which has a key of its own", () => {
    const existingQueueArn = "arn:aws:sqs:us-east-1:123456789012:mail";
    expect(
      consumerProblems({ region: "us-east-1", existingQueueArn }, { encryption: "kms" }),
    ).to.deep.equal([]);
  });
});
