import {
  AddPermissionCommand,
  CreateTopicCommand,
  DeleteTopicCommand,
  GetTopicAttributesCommand,
  ListSMSSandboxPhoneNumbersCommand,
  ListTagsForResourceCommand,
  ListTopicsCommand,
  PutDataProtectionPolicyCommand,
  RemovePermissionCommand,
  SetTopicAttributesCommand,
  TagResourceCommand,
  UntagResourceCommand,
} from "@aws-sdk/client-sns";
import { expect } from "chai";
import { exceptionOf, serveTopics } from "../../../../harness/endpoints/snsWire.ts";

const arn = "arn:aws:sns:eu-west-1:000000000000:orders";

describe("topics over the wire", () => {
  let cloud: Awaited<ReturnType<typeof serveTopics>>;
  beforeEach(async () => {
    cloud = await serveTopics();
  });
  afterEach(() => cloud.close());

  it("are made with attributes and tags, described, changed and deleted", async () => {
    const { client } = cloud;
    const created = await client.send(
      new CreateTopicCommand({
        Name: "orders",
        Attributes: { DisplayName: `Orders & "more" <x>` },
        Tags: [
          { Key: "team", Value: "red" },
          { Key: "stage", Value: "dev" },
        ],
      }),
    );
    expect(created.TopicArn).to.equal(arn);
    await client.send(
      new SetTopicAttributesCommand({
        TopicArn: arn,
        AttributeName: "SignatureVersion",
        AttributeValue: "2",
      }),
    );
    const { Attributes } = await client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    expect(Attributes).to.deep.equal(cloud.topics.attributes(arn));
    expect(Attributes).to.include({
      DisplayName: `Orders & "more" <x>`,
      SignatureVersion: "2",
      TopicArn: arn,
    });
    await client.send(new DeleteTopicCommand({ TopicArn: arn }));
    await client.send(new DeleteTopicCommand({ TopicArn: arn }));
    expect((await client.send(new ListTopicsCommand({}))).Topics).to.deep.equal([]);
  });

  it("have tags that come and go", async () => {
    const { client, topics } = cloud;
    topics.create("orders", {}, { k1: "v1", k2: "v2" });
    await client.send(
      new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: "k2", Value: "v2b" }] }),
    );
    await client.send(new UntagResourceCommand({ ResourceArn: arn, TagKeys: ["k1"] }));
    const { Tags } = await client.send(new ListTagsForResourceCommand({ ResourceArn: arn }));
    expect(Tags).to.deep.equal([{ Key: "k2", Value: "v2b" }]);
    const twice = [
      { Key: "a", Value: "1" },
      { Key: "a", Value: "2" },
    ];
    expect(
      await exceptionOf(client.send(new TagResourceCommand({ ResourceArn: arn, Tags: twice }))),
    ).to.deep.equal({
      name: "InvalidParameterException",
      status: 400,
      message: "Invalid parameter: Duplicated keys are not allowed.",
    });
    const missing = new ListTagsForResourceCommand({ ResourceArn: `${arn}2` });
    expect((await exceptionOf(client.send(missing))).name).to.equal("ResourceNotFoundException");
  });

  it("take no tags that are too many, too long, reserved, or of other characters", async () => {
    const { client, topics } = cloud;
    const fifty = Object.fromEntries(Array.from({ length: 50 }, (_, index) => [`k${index}`, "v"]));
    topics.create("orders", {}, fifty);
    const tag = (Key: string, Value = "") =>
      exceptionOf(
        client.send(new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key, Value }] })),
      );
    expect((await tag("k50")).name).to.equal("TagLimitExceededException");
    const refused: readonly [string, string, string, string][] = [
      [
        "",
        "",
        "ValidationError",
        "'tags.1.member.key' failed to satisfy constraint: Member must have length greater than or equal to 1",
      ],
      [
        "k".repeat(129),
        "",
        "ValidationError",
        "'tags.1.member.key' failed to satisfy constraint: Member must have length less than or equal to 128",
      ],
      [
        "k0",
        "v".repeat(257),
        "ValidationError",
        "'tags.1.member.value' failed to satisfy constraint: Member must have length less than or equal to 256",
      ],
      ["aws:team", "", "InvalidParameterException", "the key aws:team begins with aws:"],
      [
        "a<b",
        "",
        "InvalidParameterException",
        "a<b has other characters than letters, digits, spaces and _.:/=+-@",
      ],
      ["k0", "R&D", "InvalidParameterException", "R&D has other characters"],
    ];
    for (const [key, value, name, message] of refused) {
      const exception = await tag(key, value);
      expect(exception).to.include({ name, status: 400 });
      expect(exception.message).to.contain(message);
    }
    expect(topics.get(arn).tags).to.deep.equal(fifty);
    await client.send(
      new TagResourceCommand({ ResourceArn: arn, Tags: [{ Key: "k0", Value: "v".repeat(256) }] }),
    );
    const create = new CreateTopicCommand({ Name: "new", Tags: [{ Key: "aws:x", Value: "" }] });
    expect((await exceptionOf(client.send(create))).name).to.equal("InvalidParameterException");
  });

  it("have permissions that come and go", async () => {
    const { client, topics } = cloud;
    topics.create("orders");
    await client.send(
      new AddPermissionCommand({
        TopicArn: arn,
        Label: "partner",
        AWSAccountId: ["111122223333"],
        ActionName: ["Publish"],
      }),
    );
    expect(JSON.parse(topics.policy(arn) ?? "").Statement).to.have.length(2);
    await client.send(new RemovePermissionCommand({ TopicArn: arn, Label: "partner" }));
    expect(JSON.parse(topics.policy(arn) ?? "").Statement).to.have.length(1);
  });

  it("are listed a hundred at a time", async () => {
    const { client, topics } = cloud;
    for (let count = 0; count < 101; count++) topics.create(`topic-${count}`);
    const first = await client.send(new ListTopicsCommand({}));
    expect(first.Topics).to.have.length(100);
    const { NextToken } = first;
    const second = await client.send(new ListTopicsCommand({ NextToken }));
    expect(second.NextToken).to.equal(undefined);
    const arns = [...(first.Topics ?? []), ...(second.Topics ?? [])].map(
      ({ TopicArn }) => TopicArn,
    );
    expect(new Set(arns).size).to.equal(101);
    const strange = client.send(new ListTopicsCommand({ NextToken: "xyz" }));
    expect((await exceptionOf(strange)).message).to.equal("Invalid parameter: NextToken");
  });

  it("that are missing are a typed exception", async () => {
    const missing = cloud.client.send(new GetTopicAttributesCommand({ TopicArn: arn }));
    expect(await exceptionOf(missing)).to.deep.equal({
      name: "NotFoundException",
      status: 404,
      message: "Topic does not exist",
    });
  });

  it("say what is not supported", async () => {
    const { client, topics } = cloud;
    topics.create("orders");
    for (const call of [
      client.send(new ListSMSSandboxPhoneNumbersCommand({})),
      client.send(
        new PutDataProtectionPolicyCommand({ ResourceArn: arn, DataProtectionPolicy: "{}" }),
      ),
      client.send(new CreateTopicCommand({ Name: "x", DataProtectionPolicy: "{}" })),
    ]) {
      const { name, status, message } = await exceptionOf(call);
      expect({ name, status }).to.deep.equal({ name: "NotImplemented", status: 501 });
      expect(message).to.contain("does not support");
    }
    expect(topics.list()).to.have.length(1);
  });
});
