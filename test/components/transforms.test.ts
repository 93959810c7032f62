import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { FanoutTopic, type FanoutTopicArgs, UploadBucket } from "../../components/index.ts";
import { failureOf } from "../harness/assertions/failure.ts";
import { json, resource } from "../harness/programs/graph.ts";
import { runProgram } from "../harness/programs/program.ts";

type Transforms = NonNullable<FanoutTopicArgs["transform"]>;

function news(transform: Transforms, more: Partial<FanoutTopicArgs> = {}) {
  const handler = "test/fixtures/handlers/echo.ts";
  const consumers = [{ name: "subscribers-mailer", handler }];
  return runProgram(() => new FanoutTopic("news", { consumers, ...more, transform }));
}

const topicNamed = (name: pulumi.Input<string>): Transforms => ({
  topic: (args) => ({ ...args, name }),
});

async function rejection(transform: Transforms, more?: Partial<FanoutTopicArgs>): Promise<string> {
  return (await failureOf(news(transform, more))).message;
}

const namedAfterTopic =
  "queues are named after their topic; name the topic by transform.topic, or use existingQueueArn";

describe("a transform", () => {
  it("names a topic, after which its queues are named", async () => {
    const run = await news(topicNamed("headlines"));
    expect(resource(run, "aws:sqs/queue:Queue", "news-subscribers--mailer").inputs.name).to.equal(
      "headlines-subscribers--mailer",
    );
  });

  for (const [how, name] of [
    ["plain", "n".repeat(62)],
    ["an Output", pulumi.output("n".repeat(62))],
  ] as const) {
    it(`of a topic's name is rejected if a queue's name gets too long (${how})`, async () => {
      expect(await rejection(topicNamed(name))).to.match(
        /FanoutTopic "news": consumer "subscribers-mailer": the queue "n+-subscribers--mailer(-dlq)?" would have a name of 8[26] characters; AWS allows 80; shorten the name of the topic "n{62}" or of the consumer/,
      );
    });
  }

  it("of a topic's name is rejected if SNS does", async () => {
    const where = 'FanoutTopic "news": transform.topic: the name ';
    expect(await rejection(topicNamed("head lines"))).to.include(
      `${where}"head lines" of a topic may have only letters, digits, - and _`,
    );
    expect(await rejection(topicNamed("headlines"), { fifo: true })).to.include(
      `${where}"headlines" of a FIFO topic has to end with .fifo`,
    );
    expect(await rejection(topicNamed("headlines.fifo"))).to.include(
      `${where}"headlines.fifo" ends with .fifo, but the topic is not FIFO`,
    );
    expect(await rejection(topicNamed(pulumi.output("head.lines")))).to.include(
      `${where}"head.lines" of a topic may have only letters, digits, - and _`,
    );
  });

  it("of a function's, a role's or a log group's name is rejected if AWS does", async () => {
    const long = "f".repeat(65);
    expect(await rejection({ function: (args) => ({ ...args, name: long }) })).to.include(
      `transform.function: the function "${long}" would have a name of 65 characters; AWS allows 64`,
    );
    expect(await rejection({ role: (args) => ({ ...args, name: "a/b" }) })).to.include(
      'transform.role: the name "a/b" of a role may have only letters, digits and _+=,.@-',
    );
    expect(await rejection({ logGroup: (args) => ({ ...args, name: "a b" }) })).to.include(
      'transform.logGroup: the name "a b" of a log group may have only letters, digits and _./#-',
    );
  });

  it("of the name of a role for a delivery stream is rejected as well", async () => {
    const endpoint = "arn:aws:firehose:eu-west-1:123456789012:deliverystream/archive";
    const consumers: FanoutTopicArgs["consumers"] = [
      { name: "archive", kind: "firehose", endpoint },
    ];
    const transform: Transforms = { role: (args) => ({ ...args, name: "a/b" }) };
    expect(await rejection(transform, { consumers })).to.include(
      'consumer "archive": transform.role: the name "a/b" of a role may have only letters',
    );
  });

  const relied: [Transforms, string][] = [
    [
      { queue: (args) => ({ ...args, name: "mine" }) },
      `transform.queue may not change name; ${namedAfterTopic}`,
    ],
    [
      { queue: (args) => ({ ...args, namePrefix: "mine" }) },
      `transform.queue may not change namePrefix; ${namedAfterTopic}`,
    ],
    [
      { queue: (args) => ({ ...args, region: "us-east-1" }) },
      "transform.queue may not change region; set region on the consumer",
    ],
    [
      { deadLetterQueue: (args) => ({ ...args, name: "mine" }) },
      `transform.deadLetterQueue may not change name; ${namedAfterTopic}`,
    ],
    [
      { queue: (args) => ({ ...args, fifoQueue: true }) },
      "transform.queue may not change fifoQueue; set fifo on the consumer",
    ],
    [
      { topic: (args) => ({ ...args, fifoTopic: true }) },
      "transform.topic may not change fifoTopic; set fifo on the component",
    ],
    [
      { topic: (args) => ({ ...args, region: "us-east-1" }) },
      "transform.topic may not change region; pass a provider for the region to the component",
    ],
  ];
  for (const [transform, text] of relied) {
    it(`is rejected if other resources rely on what it changes: ${text}`, async () => {
      const message = await rejection(transform);
      expect(message.slice(-text.length)).to.equal(text);
    });
  }

  it("is rejected if it returns an Output in a template literal", async () => {
    const url = `https://${pulumi.output("a")}`;
    const advice = "contains an Output as text, which is not its value";
    expect(
      await rejection({ function: (args) => ({ ...args, environment: { variables: { url } } }) }),
    ).to.include(`FanoutTopic "news": transform.function: environment.variables.url ${advice}`);
    expect(await rejection({ topic: (args) => ({ ...args, displayName: url }) })).to.include(
      `FanoutTopic "news": transform.topic: displayName ${advice}`,
    );
  });

  it("adds to the policies of the topic and its key", async () => {
    const extra = { Sid: "Extra", Effect: "Allow", Principal: "*", Action: "sns:Publish" };
    const add = <Args extends { policy: pulumi.Output<string> }>(args: Args): Args => ({
      ...args,
      policy: args.policy.apply((text) => {
        const document = JSON.parse(text);
        return JSON.stringify({ ...document, Statement: [...document.Statement, extra] });
      }),
    });
    const run = await news({ topicPolicy: add, keyPolicy: add }, { encryption: "kms" });
    for (const type of ["aws:sns/topicPolicy:TopicPolicy", "aws:kms/keyPolicy:KeyPolicy"]) {
      expect(json(resource(run, type, "news"), "policy"))
        .to.have.property("Statement")
        .that.deep.includes(extra);
    }
  });

  it("adds destinations to a bucket's notification", async () => {
    const run = await runProgram(
      () =>
        new FanoutTopic("news", {
          sources: [{ bucket: new UploadBucket("press") }],
          consumers: [{ name: "search" }],
          transform: {
            notification: (args, bucket) => ({ ...args, eventbridge: bucket === "press" }),
          },
        }),
    );
    const { inputs } = resource(run, "aws:s3/bucketNotification:BucketNotification", "press");
    expect(inputs.eventbridge).to.equal(true);
    expect(inputs.topics).to.have.lengthOf(1);
  });

  const managed: [Transforms, string, Partial<FanoutTopicArgs>][] = [
    [{ topic: (args) => ({ ...args, kmsMasterKeyId: "alias/aws/sns" }) }, "transform.topic", {}],
    [{ queue: (args) => ({ ...args, kmsMasterKeyId: "alias/aws/sqs" }) }, "transform.queue", {}],
    [
      {
        deadLetterQueue: (args) => ({
          ...args,
          kmsMasterKeyId: "arn:aws:kms:eu-west-1:123456789012:alias/aws/sqs",
        }),
      },
      "transform.deadLetterQueue",
      { consumers: [{ name: "mail", subscriptionDeadLetter: true }] },
    ],
  ];
  for (const [transform, where, more] of managed) {
    it(`may not use a key that AWS manages: ${where}`, async () => {
      expect(await rejection(transform, more)).to.include(
        `${where} sets a key that AWS manages, which services may not use; set encryption on the component`,
      );
    });
  }

  it("may use a key that AWS manages for dead letters, which SQS itself moves", async () => {
    const kmsMasterKeyId = "alias/aws/sqs";
    const transform: Transforms = {
      deadLetterQueue: (args) => ({ ...args, sqsManagedSseEnabled: undefined, kmsMasterKeyId }),
    };
    const run = await news(transform, { consumers: [{ name: "mail" }] });
    const { inputs } = resource(run, "aws:sqs/queue:Queue", "news-mail-dlq");
    expect(inputs).to.include({ kmsMasterKeyId });
  });
});
