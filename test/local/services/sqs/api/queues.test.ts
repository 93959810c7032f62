import {
  AddPermissionCommand,
  CreateQueueCommand,
  DeleteQueueCommand,
  GetQueueAttributesCommand,
  GetQueueUrlCommand,
  ListDeadLetterSourceQueuesCommand,
  ListQueuesCommand,
  ListQueueTagsCommand,
  PurgeQueueCommand,
  QueueDoesNotExist,
  QueueNameExists,
  RemovePermissionCommand,
  SendMessageCommand,
  SetQueueAttributesCommand,
  TagQueueCommand,
  UntagQueueCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { serveSqs } from "../../../../harness/endpoints/sqsWire.ts";

describe("queues over the SQS wire", () => {
  let wire: Awaited<ReturnType<typeof serveSqs>>;

  beforeEach(async () => {
    wire = await serveSqs();
  });
  afterEach(() => wire.close());

  async function create(QueueName: string, Attributes?: Record<string, string>): Promise<string> {
    const { QueueUrl } = await wire.client.send(new CreateQueueCommand({ QueueName, Attributes }));
    return QueueUrl ?? "";
  }

  it("are created, found by name, described, changed and deleted", async () => {
    const QueueUrl = await create("work", { VisibilityTimeout: "42" });
    expect(QueueUrl).to.equal(`${wire.url}/000000000000/work`);
    const found = await wire.client.send(new GetQueueUrlCommand({ QueueName: "work" }));
    expect(found.QueueUrl).to.equal(QueueUrl);
    await wire.client.send(
      new SetQueueAttributesCommand({ QueueUrl, Attributes: { DelaySeconds: "5" } }),
    );
    const AttributeNames = ["VisibilityTimeout" as const, "DelaySeconds" as const];
    const described = await wire.client.send(
      new GetQueueAttributesCommand({ QueueUrl, AttributeNames }),
    );
    expect(described.Attributes).to.deep.equal({ VisibilityTimeout: "42", DelaySeconds: "5" });
    await wire.client.send(new DeleteQueueCommand({ QueueUrl }));
    const error = await wire.client
      .send(new GetQueueUrlCommand({ QueueName: "work" }))
      .catch((reason) => reason);
    expect(error).to.be.instanceOf(QueueDoesNotExist);
    expect(error.message).to.equal("The specified queue does not exist.");
  });

  it("are known by their URL under any host, and by their bare name", async () => {
    await create("work");
    for (const QueueUrl of [
      "https://sqs.eu-west-1.amazonaws.com/000000000000/work",
      "http://localhost:4566/000000000000/work",
      "work",
    ]) {
      const client = wire.client;
      client.config.useQueueUrlAsEndpoint = false;
      const sent = await client.send(new SendMessageCommand({ QueueUrl, MessageBody: "x" }));
      expect(sent.MessageId, QueueUrl).to.have.length(36);
    }
    expect(wire.queues.counts("arn:aws:sqs:eu-west-1:000000000000:work").visible).to.equal(3);
  });

  for (const path of ["000000000000/missing", "111111111111/work"]) {
    it(`do not exist at ${path}`, async () => {
      await create("work");
      const error = await wire.client
        .send(new PurgeQueueCommand({ QueueUrl: `${wire.url}/${path}` }))
        .catch((reason) => reason);
      expect(error).to.be.instanceOf(QueueDoesNotExist);
    });
  }

  it("keep their name against other attributes", async () => {
    await create("work");
    const error = await create("work", { DelaySeconds: "1" }).catch((reason) => reason);
    expect(error).to.be.instanceOf(QueueNameExists);
  });

  it("need a name", async () => {
    for (const QueueName of ["", undefined]) {
      const command = new CreateQueueCommand({ QueueName });
      const error = await wire.client.send(command).catch((reason) => reason);
      expect(error.message).to.match(/Must specify a queue name/);
    }
  });

  it("are listed by prefix, and page by page for those who ask for a size", async () => {
    for (const name of ["b-1", "a-3", "a-1", "a-2"]) await create(name);
    const list = async (input: object) => {
      const page = await wire.client.send(new ListQueuesCommand(input));
      return { names: page.QueueUrls?.map((url) => url.split("/").at(-1)), next: page.NextToken };
    };
    expect(await list({})).to.deep.equal({ names: ["a-1", "a-2", "a-3", "b-1"], next: undefined });
    expect(await list({ QueueNamePrefix: "c" })).to.deep.equal({
      names: undefined,
      next: undefined,
    });
    const first = await list({ QueueNamePrefix: "a", MaxResults: 2 });
    expect(first.names).to.deep.equal(["a-1", "a-2"]);
    const rest = { QueueNamePrefix: "a", MaxResults: 2, NextToken: first.next };
    expect(await list(rest)).to.deep.equal({ names: ["a-3"], next: undefined });
    const error = await list({ MaxResults: 1001 }).catch((reason) => reason);
    expect(error.name).to.equal("InvalidParameterValue");
  });

  it("tell whose dead letters they take", async () => {
    const QueueUrl = await create("dead");
    const arn = "arn:aws:sqs:eu-west-1:000000000000:dead";
    const RedrivePolicy = JSON.stringify({ deadLetterTargetArn: arn, maxReceiveCount: 5 });
    const command = new ListDeadLetterSourceQueuesCommand({ QueueUrl });
    expect((await wire.client.send(command)).queueUrls).to.deep.equal([]);
    const source = await create("work", { RedrivePolicy });
    expect((await wire.client.send(command)).queueUrls).to.deep.equal([source]);
  });

  it("have tags", async () => {
    const command = new CreateQueueCommand({ QueueName: "work", tags: { a: "1" } });
    const { QueueUrl } = await wire.client.send(command);
    const tags = async () => (await wire.client.send(new ListQueueTagsCommand({ QueueUrl }))).Tags;
    await wire.client.send(new TagQueueCommand({ QueueUrl, Tags: { b: "" } }));
    expect(await tags()).to.deep.equal({ a: "1", b: "" });
    await wire.client.send(new UntagQueueCommand({ QueueUrl, TagKeys: ["a", "b", "c"] }));
    expect(await tags()).to.equal(undefined);
  });

  it("take no tags that are too many, too long, reserved, or of other characters", async () => {
    const QueueUrl = await create("work");
    const tag = (Tags: Record<string, string>) =>
      wire.client.send(new TagQueueCommand({ QueueUrl, Tags }));
    await tag(Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, "v"])));
    const refused: readonly [Record<string, string>, string][] = [
      [{ more: "" }, "Too many tags added for queue work."],
      [{ ["k".repeat(129)]: "" }, "A key has 1 to 128 characters."],
      [{ k0: "v".repeat(257) }, "A value has at most 256 characters."],
      [{ "aws:team": "" }, "The prefix aws: is reserved."],
      [{ "a<b": "" }, "A key may have only letters, digits, spaces and _.:/=+-@."],
      [{ k0: "R&D" }, "A value may have only letters, digits, spaces and _.:/=+-@."],
    ];
    for (const [tags, message] of refused) {
      const failure = await failureOf(tag(tags));
      expect(failure.name).to.equal("InvalidParameterValue");
      expect(failure.message).to.contain(message);
    }
    const unnamed = new CreateQueueCommand({ QueueName: "new", tags: { "AWS:x": "" } });
    expect((await failureOf(wire.client.send(unnamed))).message).to.contain("is reserved");
  });

  it("have permissions", async () => {
    const QueueUrl = await create("work");
    await wire.client.send(
      new AddPermissionCommand({
        QueueUrl,
        Label: "one",
        AWSAccountIds: ["111111111111"],
        Actions: ["ReceiveMessage"],
      }),
    );
    const policy = async () => {
      const command = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: ["Policy"] });
      return (await wire.client.send(command)).Attributes?.Policy;
    };
    expect(await policy()).to.contain('"Action":"SQS:ReceiveMessage"');
    await wire.client.send(new RemovePermissionCommand({ QueueUrl, Label: "one" }));
    expect(await policy()).to.equal(undefined);
  });

  it("are purged, once a minute", async () => {
    const QueueUrl = await create("work");
    await wire.client.send(new PurgeQueueCommand({ QueueUrl }));
    const error = await wire.client
      .send(new PurgeQueueCommand({ QueueUrl }))
      .catch((reason) => reason);
    expect(error).to.include({ name: "PurgeQueueInProgress" });
    expect(error.$metadata.httpStatusCode).to.equal(403);
  });

  it("refuse an empty change", async () => {
    const QueueUrl = await create("work");
    const command = new SetQueueAttributesCommand({ QueueUrl, Attributes: {} });
    const error = await wire.client.send(command).catch((reason) => reason);
    expect(error.message).to.equal("The request must contain the parameter Attribute.Name.");
  });
});
