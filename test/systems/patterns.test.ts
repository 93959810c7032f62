import { expect } from "chai";
import type { Registration } from "../harness/programs/registration.ts";
import { runStack } from "../harness/programs/stack.ts";

const queueType = "aws:sqs/queue:Queue";
const subscriptionType = "aws:sns/topicSubscription:TopicSubscription";

describe("the systems of the patterns", () => {
  const registrationsOf = async (system: string): Promise<readonly Registration[]> =>
    (await runStack("dev", { systems: [system] })).registrations;

  /** By name, what `read` finds in the inputs of the resources of a type. */
  async function inputsOf(
    system: string,
    type: string,
    read: (inputs: Registration["inputs"]) => unknown,
  ): Promise<Record<string, unknown>> {
    const found = (await registrationsOf(system)).filter((each) => each.type === type);
    return Object.fromEntries(found.map(({ name, inputs }) => [name, read(inputs)]));
  }

  it("delay only one consumer's queue", async () => {
    const delays = await inputsOf("delay", queueType, ({ delaySeconds }) => delaySeconds);
    expect(delays).to.deep.equal({
      "delay-now": undefined,
      "delay-now-dlq": undefined,
      "delay-later": 300,
      "delay-later-dlq": undefined,
    });
  });

  it("split by priority so that each message goes to one consumer", async () => {
    const filters = await inputsOf("priority", subscriptionType, (inputs) =>
      JSON.parse(String(inputs.filterPolicy)),
    );
    expect(filters).to.deep.equal({
      "priority-urgent": { priority: ["urgent"] },
      "priority-normal": { priority: [{ "anything-but": ["urgent"] }, { exists: false }] },
    });
  });

  it("give each priority its own concurrency", async () => {
    const scaling = await inputsOf(
      "priority",
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      ({ scalingConfig, batchSize }) => ({ scalingConfig, batchSize }),
    );
    const own = { scalingConfig: { maximumConcurrency: 2 }, batchSize: 1 };
    expect(scaling).to.deep.equal({ "priority-urgent": own, "priority-normal": own });
  });

  it("push one queue to a function, and leave the other for polling", async () => {
    const mappings = await inputsOf(
      "push-pull",
      "aws:lambda/eventSourceMapping:EventSourceMapping",
      () => true,
    );
    expect(mappings).to.deep.equal({ "push-pull-pushed": true });
    expect(await inputsOf("push-pull", queueType, () => true)).to.include.keys("push-pull-pulled");
  });

  it("archive by a stream whose role may write only below its prefix", async () => {
    const streams = await inputsOf(
      "event-archive",
      "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
      ({ extendedS3Configuration }) => extendedS3Configuration,
    );
    expect(streams["event-archive"]).to.include({
      prefix: "events/",
      bufferingInterval: 300,
      bufferingSize: 5,
      compressionFormat: "GZIP",
    });
    const policies = await inputsOf("event-archive", "aws:iam/rolePolicy:RolePolicy", (inputs) =>
      JSON.parse(String(inputs.policy)),
    );
    expect(policies["event-archive-stream"]).to.deep.equal({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteEvents",
          Effect: "Allow",
          Action: ["s3:PutObject", "s3:GetObject", "s3:AbortMultipartUpload"],
          Resource: "arn:aws:s3:::archived-events-1a2b3c4/events/*",
        },
        {
          Sid: "FindBucket",
          Effect: "Allow",
          Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          Resource: "arn:aws:s3:::archived-events-1a2b3c4",
        },
      ],
    });
  });
});
