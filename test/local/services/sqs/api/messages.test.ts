import {
  ChangeMessageVisibilityBatchCommand,
  ChangeMessageVisibilityCommand,
  CreateQueueCommand,
  DeleteMessageBatchCommand,
  DeleteMessageCommand,
  type Message,
  ReceiveMessageCommand,
  SendMessageBatchCommand,
  SendMessageCommand,
} from "@aws-sdk/client-sqs";
import { expect } from "chai";
import { owner } from "../../../../../local/protocol/access.ts";
import { message } from "../../../../harness/cloud/queues.ts";
import { serveSqs } from "../../../../harness/endpoints/sqsWire.ts";

describe("messages over the SQS wire", () => {
  let wire: Awaited<ReturnType<typeof serveSqs>>;
  let QueueUrl = "";

  beforeEach(async () => {
    wire = await serveSqs();
    const created = await wire.client.send(new CreateQueueCommand({ QueueName: "work" }));
    QueueUrl = created.QueueUrl ?? "";
  });
  afterEach(() => wire.close());

  const bodies = (messages: Message[] | undefined) => messages?.map(({ Body }) => Body);

  async function send(...messages: string[]): Promise<void> {
    for (const MessageBody of messages) {
      await wire.client.send(new SendMessageCommand({ QueueUrl, MessageBody }));
    }
  }

  async function receive(more: object = {}): Promise<Message[] | undefined> {
    const command = new ReceiveMessageCommand({ QueueUrl, MaxNumberOfMessages: 10, ...more });
    return (await wire.client.send(command)).Messages;
  }

  it("are not received for a caller that has disconnected", async () => {
    const caller = new AbortController();
    const poll = wire.handler({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": "AmazonSQS.ReceiveMessage" },
      body: Buffer.from(JSON.stringify({ QueueUrl, WaitTimeSeconds: 20 })),
      service: "sqs",
      region: "eu-west-1",
      principal: owner,
      callerArn: "arn:aws:iam::000000000000:root",
      hungUp: () => caller.signal,
    });
    caller.abort();
    expect((await poll).body).to.equal("{}");
    await send("one");
    expect(bodies(await receive())).to.deep.equal(["one"]);
  });

  it("go in and come out whole, digests checked by the client", async () => {
    const sent = await wire.client.send(
      new SendMessageCommand({
        QueueUrl,
        MessageBody: "body é 😀",
        MessageAttributes: {
          n: { DataType: "Number", StringValue: "1" },
          b: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 1, 255) },
        },
        MessageSystemAttributes: {
          AWSTraceHeader: {
            DataType: "String",
            StringValue:
              "Root=1-5759e988-bd862e3fe1be46a994272793;Parent=53995c3f42cd8ad8;Sampled=1",
          },
        },
      }),
    );
    expect(sent.MD5OfMessageSystemAttributes).to.equal("5ae4d5d7636402d80f4eb6d213245a88");
    expect(sent.SequenceNumber).to.equal(undefined);
    const [received] =
      (await receive({
        MessageAttributeNames: ["All"],
        MessageSystemAttributeNames: ["All"],
      })) ?? [];
    expect(received).to.deep.include({
      MessageId: sent.MessageId,
      Body: "body é 😀",
      MD5OfBody: sent.MD5OfMessageBody,
      MD5OfMessageAttributes: sent.MD5OfMessageAttributes,
      MessageAttributes: {
        n: { DataType: "Number", StringValue: "1" },
        b: { DataType: "Binary", BinaryValue: Uint8Array.of(0, 1, 255) },
      },
    });
    expect(received?.Attributes).to.have.keys([
      "SenderId",
      "SentTimestamp",
      "ApproximateReceiveCount",
      "ApproximateFirstReceiveTimestamp",
      "AWSTraceHeader",
    ]);
    expect(received?.Attributes?.SenderId).to.equal("000000000000");
  });

  it("name the role that sent them", async () => {
    const arn = "arn:aws:iam::000000000000:role/worker";
    await wire.handler({
      method: "POST",
      path: "/",
      query: new URLSearchParams(),
      headers: { "x-amz-target": "AmazonSQS.SendMessage" },
      body: Buffer.from(JSON.stringify({ QueueUrl, MessageBody: "x" })),
      service: "sqs",
      region: "eu-west-1",
      principal: { kind: "role", arn },
      callerArn: arn,
    });
    const [received] = (await receive({ MessageSystemAttributeNames: ["SenderId"] })) ?? [];
    expect(received?.Attributes).to.deep.equal({ SenderId: "worker" });
    const [queued, handedOut] = wire.trace.recent();
    expect(queued).to.include({ kind: "queued", from: arn });
    expect(handedOut).to.include({
      kind: "received",
      to: "arn:aws:iam::000000000000:root",
    });
  });

  it("show no attributes that were not asked for, and an empty queue no list", async () => {
    await send("x");
    const [received] = (await receive()) ?? [];
    expect(received).to.have.keys(["MessageId", "ReceiptHandle", "MD5OfBody", "Body"]);
    expect(await receive()).to.equal(undefined);
  });

  it("take the trace of the call where they bring none", async () => {
    wire.client.middlewareStack.add(
      (next) => (args) => {
        const { headers } = args.request as { headers: Record<string, string> };
        headers["X-Amzn-Trace-Id"] = "Root=1-3152b799";
        return next(args);
      },
      { step: "build", name: "trace" },
    );
    await send("x");
    const [received] = (await receive({ MessageSystemAttributeNames: ["AWSTraceHeader"] })) ?? [];
    expect(received?.Attributes).to.deep.equal({ AWSTraceHeader: "Root=1-3152b799" });
  });

  describe("with attributes selected by name", () => {
    const digests: [string[], string[], string | undefined][] = [
      [["All"], ["General", "Hello", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"],
      [["*"], ["General", "Hello", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"],
      [[".*"], ["General", "Hello", "Help.Me"], "4c360f3fdafd970e05fae2f149d997f5"],
      [["Hello", "General"], ["General", "Hello"], "fca026605781cb4126a1e9044df24232"],
      [["Foo", "Hello"], ["Hello"], "a311262e065454b75da111d535b8dacd"],
      [["Hel.*"], ["Hello", "Help.Me"], "83fee93c1bcd8b9a5a923ffacdc636c7"],
      [["Foo", "Help"], [], undefined],
      [["AWS."], [], undefined],
      [["..foo"], [], undefined],
    ];
    for (const [names, found, digest] of digests) {
      it(`give ${found.length} of them for ${names}, and the digest of those`, async () => {
        await wire.client.send(
          new SendMessageCommand({
            QueueUrl,
            MessageBody: "msg",
            MessageAttributes: {
              "Help.Me": { DataType: "String", StringValue: "Me" },
              Hello: { DataType: "String", StringValue: "There" },
              General: { DataType: "String", StringValue: "Kenobi" },
            },
          }),
        );
        const [received] = (await receive({ MessageAttributeNames: names })) ?? [];
        expect(Object.keys(received?.MessageAttributes ?? {}).sort()).to.deep.equal(found);
        expect(received?.MD5OfMessageAttributes).to.equal(digest);
      });
    }

    it("knows the system's under their old member, too, and refuses unknown ones", async () => {
      await send("x");
      const [received] = (await receive({ AttributeNames: ["SenderId", "SequenceNumber"] })) ?? [];
      expect(received?.Attributes).to.deep.equal({ SenderId: "000000000000" });
      const error = await receive({ AttributeNames: ["Foobar"] }).catch((reason) => reason);
      expect(error).to.include({ name: "InvalidAttributeName" });
    });
  });

  it("are refused with a list for an attribute, or a system attribute that there is not", async () => {
    const refusal = (input: object) =>
      wire.client
        .send(new SendMessageCommand({ QueueUrl, MessageBody: "x", ...input }))
        .catch((reason) => reason.message);
    const list = { DataType: "StringList", StringListValues: ["World"] };
    expect(await refusal({ MessageAttributes: { Hello: list } })).to.equal(
      "Message attribute list values in SendMessage operation are not supported.",
    );
    const text = { DataType: "String", StringValue: "World" };
    expect(await refusal({ MessageSystemAttributes: { Hello: text } })).to.equal(
      "Message system attribute name 'Hello' is invalid.",
    );
  });

  it("are waited for", async () => {
    const arrived = Promise.withResolvers<void>();
    const other = await serveSqs(() => {
      arrived.resolve();
      return { allowed: true };
    });
    const { arn, url } = other.queues.create("other");
    const waiting = other.client.send(
      new ReceiveMessageCommand({ QueueUrl: url, WaitTimeSeconds: 20 }),
    );
    await arrived.promise;
    await other.clock.advance(19_999);
    other.queues.send(arn, message("x"));
    expect(bodies((await waiting).Messages)).to.deep.equal(["x"]);
    await other.close();
  });

  for (const [member, value, reason] of [
    ["MaxNumberOfMessages", 11, "Must be between 1 and 10, if provided."],
    ["MaxNumberOfMessages", 0, "Must be between 1 and 10, if provided."],
    ["WaitTimeSeconds", 21, "Must be >= 0 and <= 20, if provided."],
    ["WaitTimeSeconds", -1, "Must be >= 0 and <= 20, if provided."],
    ["VisibilityTimeout", 43_201, "Must be >= 0 and <= 43200, if provided."],
  ] as const) {
    it(`are not received with ${member} ${value}`, async () => {
      const error = await receive({ [member]: value }).catch((failure) => failure);
      expect(error.message).to.equal(
        `Value ${value} for parameter ${member} is invalid. Reason: ${reason}`,
      );
    });
  }

  it("are deleted, and made visible again", async () => {
    await send("1", "2");
    const [first, second] = (await receive()) ?? [];
    await wire.client.send(
      new DeleteMessageCommand({ QueueUrl, ReceiptHandle: first?.ReceiptHandle }),
    );
    await wire.client.send(
      new ChangeMessageVisibilityCommand({
        QueueUrl,
        ReceiptHandle: second?.ReceiptHandle,
        VisibilityTimeout: 0,
      }),
    );
    expect(bodies(await receive())).to.deep.equal(["2"]);
  });

  describe("in batches", () => {
    it("tell the outcome of each entry", async () => {
      const sent = await wire.client.send(
        new SendMessageBatchCommand({
          QueueUrl,
          Entries: [
            { Id: "good", MessageBody: "1" },
            { Id: "bad", MessageBody: "\u0001" },
          ],
        }),
      );
      expect(sent.Successful?.map(({ Id }) => Id)).to.deep.equal(["good"]);
      expect(
        sent.Failed?.map(({ Id, Code, SenderFault }) => [Id, Code, SenderFault]),
      ).to.deep.equal([["bad", "InvalidMessageContents", true]]);
      const [received] = (await receive()) ?? [];
      const ReceiptHandle = received?.ReceiptHandle;
      const changed = await wire.client.send(
        new ChangeMessageVisibilityBatchCommand({
          QueueUrl,
          Entries: [
            { Id: "good", ReceiptHandle, VisibilityTimeout: 60 },
            { Id: "bad", ReceiptHandle, VisibilityTimeout: 43_201 },
          ],
        }),
      );
      expect(changed.Successful).to.deep.equal([{ Id: "good" }]);
      expect(changed.Failed?.map(({ Id, Code }) => [Id, Code])).to.deep.equal([
        ["bad", "InvalidParameterValue"],
      ]);
      const deleted = await wire.client.send(
        new DeleteMessageBatchCommand({
          QueueUrl,
          Entries: [
            { Id: "good", ReceiptHandle },
            { Id: "bad", ReceiptHandle: "garbage" },
          ],
        }),
      );
      expect(deleted.Successful).to.deep.equal([{ Id: "good" }]);
      expect(deleted.Failed?.map(({ Id, Code }) => [Id, Code])).to.deep.equal([
        ["bad", "ReceiptHandleIsInvalid"],
      ]);
    });

    const entry = (Id: string) => ({ Id, MessageBody: "x" });
    const refusals: [string, object[], string, string][] = [
      [
        "none",
        [],
        "EmptyBatchRequest",
        "There should be at least one SendMessageBatchRequestEntry in the request.",
      ],
      [
        "eleven",
        Array.from({ length: 11 }, (_, index) => entry(String(index))),
        "TooManyEntriesInBatchRequest",
        "Maximum number of entries per request are 10. You have sent 11.",
      ],
      [
        "two of one id",
        [entry("a"), entry("b"), entry("a")],
        "BatchEntryIdsNotDistinct",
        "Id a repeated.",
      ],
      ...["", "invalid:id", "x".repeat(81)].map((id): [string, object[], string, string] => [
        `the id "${id.slice(0, 10)}"`,
        [entry(id)],
        "InvalidBatchEntryId",
        "A batch entry id can only contain alphanumeric characters, hyphens and underscores. It can be at most 80 letters long.",
      ]),
      [
        "more than 1 MiB",
        [
          { Id: "1", MessageBody: "a".repeat(1_048_576) },
          { Id: "2", MessageBody: "a" },
        ],
        "BatchRequestTooLong",
        "Batch requests cannot be longer than 1048576 bytes. You have sent 1048577 bytes.",
      ],
      [
        "an entry without a body",
        [entry("a"), { Id: "b" }],
        "MissingParameter",
        "The request must contain the parameter SendMessageBatchRequestEntry.2.MessageBody.",
      ],
    ];
    for (const [what, Entries, name, text] of refusals) {
      it(`are refused with ${what}`, async () => {
        const command = new SendMessageBatchCommand({ QueueUrl, Entries: Entries as never });
        const error = await wire.client.send(command).catch((reason) => reason);
        expect(error).to.include({ name, message: text });
        expect(await receive()).to.equal(undefined);
      });
    }
  });
});
