import { PublishCommand, SNSClient } from "@aws-sdk/client-sns";
import { ReceiveMessageCommand, SQSClient } from "@aws-sdk/client-sqs";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { FanoutTopic } from "../../../components/index.ts";
import { startTestCloud, type TestCloud } from "../../../local/testing/index.ts";

const entry = "test/fixtures/handlers/putNowhere.ts";

/** A topic with a queue that an application polls, and a function that writes to a bucket. */
function program() {
  const bucket = new aws.s3.Bucket("papers");
  const topic = new FanoutTopic("news", {
    consumers: [
      { name: "inbox", filter: { kind: ["mail"] } },
      {
        name: "archive",
        handler: {
          entry,
          environment: { BUCKET: bucket.id },
          permissions: [
            {
              Effect: "Allow",
              Action: "s3:PutObject",
              Resource: bucket.arn.apply((arn) => `${arn}/*`),
            },
          ],
        },
      },
    ],
  });
  return { topicArn: topic.topic.arn, inbox: topic.consumers.inbox?.queue?.url };
}

describe("a test cloud", () => {
  let cloud: TestCloud<{ topicArn: string; inbox: string }>;
  before(async () => {
    cloud = await startTestCloud({ program, config: { "aws:region": "eu-west-1" } });
  });
  afterEach(() => cloud.reset());
  after(() => cloud.close());

  async function publish(message: string): Promise<string> {
    const command = new PublishCommand({ TopicArn: cloud.outputs.topicArn, Message: message });
    const { MessageId = "" } = await cloud.client(SNSClient).send(command);
    await cloud.settled();
    return MessageId;
  }

  it("reports who received a message, and why not", async () => {
    const event = await publish("hello");
    expect(cloud.deliveries(event)).to.deep.equal([]);
  });
});
