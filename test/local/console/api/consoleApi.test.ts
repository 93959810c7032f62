import { CreateTopicCommand, SubscribeCommand } from "@aws-sdk/client-sns";
import { CreateQueueCommand, DeleteQueueCommand } from "@aws-sdk/client-sqs";
import { expect } from "chai";
import type {
  EventView,
  Examples,
  FailureView,
  Overview,
  QueueView,
  Verdict,
} from "../../../../local/console/api/types.ts";
import type { EventSummary } from "../../../../local/console/events/eventSummary.ts";
import type { Found } from "../../../../local/console/events/searchText.ts";
import type { Invocation } from "../../../../local/console/history/invocationHistory.ts";
import { type ConsoleClient, consoleClient } from "../../../harness/runs/consoleApi.ts";
import { startTestRun, type TestRun } from "../../../harness/runs/localRun.ts";

const arn = (service: string, name: string) => `arn:aws:${service}:eu-west-1:000000000000:${name}`;
const orders = arn("sns", "orders.fifo");
const inventoryLetters = arn("sqs", "orders-inventory-dlq.fifo");
const inventoryQueue = arn("sqs", "orders-inventory.fifo");

/** Long enough for five receives of a message that fails each time, and short of the retention. */
const untilDeadLettered = 10 * 60_000;

describe("the console's API", () => {
  let test: TestRun;
  let api: ConsoleClient;

  beforeEach(async () => {
    test = await startTestRun(["orders", "user-interactions"]);
    api = consoleClient(test);
  });
  afterEach(() => test.close());

  function publish(message: unknown, groupId = "o-1"): Promise<string> {
    return publishTo("orders.fifo", { message: JSON.stringify(message), groupId });
  }

  async function publishTo(topic: string, message: object): Promise<string> {
    const { body } = await api.post("publish", { topicArn: arn("sns", topic), ...message });
    await test.settle();
    return (body as { event: string }).event;
  }

  const order = {
    orderId: "o-1",
    customer: { email: "ada@example.com" },
    items: [{ sku: "chair", quantity: 2, unitPrice: 10 }],
    event: "placed",
  };
  const nonsense = { orderId: "o-1", items: "many" };

  async function queue(queueArn: string): Promise<QueueView> {
    return (await api.get("queue", { arn: queueArn })).body as QueueView;
  }

  async function overview(): Promise<Overview> {
    return (await api.get("overview")).body as Overview;
  }

  it("tells what the systems are, and how they are doing", async () => {
    const { systems, queues, functions, ...rest } = await overview();
    expect({ ...rest, now: 0 }).to.deep.equal({
      stack: "dev",
      modes: [],
      now: 0,
      triggers: {},
      outbox: 0,
      region: "eu-west-1",
      failures: 0,
      failing: {},
      failingIn: { orders: 0, "user-interactions": 0 },
      faults: [],
      notFromProgram: [],
      problems: [],
    });
    expect(
      systems.map(({ name, consumers }) => [name, consumers.map((each) => each.name)]),
    ).to.deep.equal([
      ["orders", ["billing", "inventory", "notification"]],
      ["user-interactions", ["comments", "likes", "shares"]],
    ]);
    const consumer = (name: string) =>
      systems.flatMap(({ consumers }) => consumers).find((each) => each.name === name);
    expect(consumer("likes")?.filter).to.deep.equal({
      policy: { type: ["like"] },
      scope: "MessageAttributes",
    });
    expect(consumer("inventory")).to.deep.include({
      queue: { arn: inventoryQueue, name: "orders-inventory.fifo" },
      deadLetters: { arn: inventoryLetters, name: "orders-inventory-dlq.fifo" },
      function: { arn: arn("lambda", "function:orders-inventory"), name: "orders-inventory" },
    });
    expect(queues[inventoryQueue]).to.deep.equal({ visible: 0, inFlight: 0, delayed: 0 });
    const { mapping, ...state } = functions[arn("lambda", "function:orders-inventory")] ?? {};
    expect(state).to.deep.equal({ running: 0 });
    expect(mapping?.enabled).to.equal(true);
  });

  it("names what clients made, and leaves it when the program runs again", async () => {
    const { sqs, sns } = test.clients;
    const { QueueUrl } = await sqs.send(new CreateQueueCommand({ QueueName: "copy" }));
    const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: "copies" }));
    const Endpoint = arn("sqs", "copy");
    await sns.send(new SubscribeCommand({ TopicArn, Protocol: "sqs", Endpoint }));
    await test.run.update();

    const { systems, notFromProgram } = await overview();
    expect(notFromProgram).to.deep.equal([
      "topic copies",
      "subscription copies to copy",
      "queue copy",
    ]);
    expect(systems.map(({ name, inProgram }) => [name, inProgram])).to.deep.equal([
      ["orders", true],
      ["user-interactions", true],
      ["copies", false],
    ]);
    await sqs.send(new DeleteQueueCommand({ QueueUrl }));
    expect((await overview()).notFromProgram).to.deep.equal([
      "topic copies",
      "subscription copies to copy",
    ]);
  });

  it("publishes, and tells what became of the event at each consumer", async () => {
    const id = await publish(order);
    const { events } = (await api.get("events")).body as { events: EventSummary[] };
    expect(events.find((each) => each.id === id)?.branches).to.deep.equal({
      [inventoryQueue]: "handled",
      [arn("sqs", "orders-billing.fifo")]: "handled",
      [arn("sqs", "orders-notification.fifo")]: "handled",
    });
    const { hops, missedSubscribers } = (await api.get("event", { id })).body as {
      hops: { event: string; kind: string }[];
      missedSubscribers: unknown[];
    };
    expect(missedSubscribers).to.deep.equal([]);
    expect(new Set(hops.map(({ event }) => event))).to.deep.equal(new Set([id]));
    expect(Map.groupBy(hops, ({ kind }) => kind).get("handled")).to.have.lengthOf(3);
  });

  it("publishes two messages when the same FIFO message is sent twice", async () => {
    const [first, second] = [await publish(order), await publish(order)];
    expect(first).not.to.equal(second);
    const { hops } = (await api.get("event", { id: second })).body as { hops: { kind: string }[] };
    expect(hops.map(({ kind }) => kind)).not.to.include("deduplicated");
  });

  it("foretells who would get a message and why, and sends nothing", async () => {
    const topicArn = arn("sns", "user-interactions");
    const { body } = await api.post("previewDelivery", {
      topicArn,
      message: "{}",
      attributes: { type: "share" },
    });
    const consumers = (await overview()).systems[1]?.consumers ?? [];
    const byName = (body as Verdict[]).map(({ subscriptionArn, delivered, reason }) => [
      consumers.find((each) => each.subscriptionArn === subscriptionArn)?.name,
      delivered,
      reason,
    ]);
    expect(byName).to.deep.equal([
      ["likes", false, '"type" is "share", the filter asks for ["like"]'],
      ["shares", true, '"type" is "share"'],
      ["comments", false, '"type" is "share", the filter asks for ["comment"]'],
    ]);
    expect(test.run.cloud.trace.recent()).to.deep.equal([]);
  });

  it("keeps a poison message as one failure, whatever its tries, until it is looked into", async () => {
    const id = await publish(nonsense);
    await test.clock.advance(untilDeadLettered);
    const failures = (await api.get("failures")).body as FailureView[];
    expect(failures.map(({ event, recovered }) => [event.id, recovered])).to.deep.equal([
      [id, false],
    ]);
    expect(failures[0]?.branches).to.have.lengthOf(3);
    const inventory = failures[0]?.branches.find(({ endpoint }) => endpoint === inventoryQueue);
    expect(inventory).to.include({ state: "deadLettered", tries: 5, mostTries: 5 });
    expect(inventory?.reason).to.match(/^not a valid order: /);
    expect(inventory).not.to.have.property("nextAt");
    expect((await overview()).failures).to.equal(1);
    await api.post("clear-failures", {});
    expect((await overview()).failures).to.equal(0);
  });

  it("counts an event that nobody got, and names for each subscriber why", async () => {
    const event = await publishTo("user-interactions", {
      message: "{}",
      attributes: { type: "x" },
    });
    const failures = (await api.get("failures")).body as FailureView[];
    expect(failures.map((each) => [each.event.id, each.unreached])).to.deep.equal([[event, true]]);
    expect(failures[0]?.branches.map(({ reason }) => reason)).to.have.members([
      '"type" is "x", the filter asks for ["like"]',
      '"type" is "x", the filter asks for ["share"]',
      '"type" is "x", the filter asks for ["comment"]',
    ]);
    expect((await overview()).failures).to.equal(1);
  });

  it("tells what handlers say that they did, also that they skipped a message", async () => {
    const like = { message: '{"interactionId":"i","postId":"p","userId":"u"}' };
    const outcomes = async () => {
      const id = await publishTo("user-interactions", { ...like, attributes: { type: "like" } });
      return Object.values(((await api.get("event", { id })).body as EventView).outcomes);
    };
    expect(await outcomes()).to.deep.equal(["counted"]);
    expect(await outcomes()).to.deep.equal(["unchanged"]);
  });

  it("names what a function brought in while it worked on an event, both ways", async () => {
    const id = await publish(order);
    const { results } = (await api.get("event", { id })).body as EventView;
    expect(results.map(({ title }) => title)).to.have.members([
      "e-mail: We have your order o-1",
      "Put invoices/o-1.json in invoices",
    ]);
    const { causes } = (await api.get("event", { id: results[0]?.id ?? "" })).body as EventView;
    expect(causes.map((cause) => cause.id)).to.deep.equal([id]);
  });

  it("says of a message what it waits for: an earlier one of its group, a consumer that is paused", async () => {
    await publish(nonsense);
    const behind = await publish(order);
    const { progress } = (await api.get("event", { id: behind })).body as EventView;
    expect(progress[inventoryQueue]?.waiting?.behind?.group).to.equal("o-1");
    const { functions } = await overview();
    const { mapping } = functions[arn("lambda", "function:orders-inventory")] ?? {};
    expect(mapping?.enabled).to.equal(true);
    await api.post("set-mapping", { id: mapping?.id, enabled: false });
    const paused = await publish({ ...order, orderId: "o-2" }, "o-2");
    const view = (await api.get("event", { id: paused })).body as EventView;
    expect(view.progress[inventoryQueue]?.waiting).to.deep.equal({ paused: true });
  });

  it("finds events by any text of their messages", async () => {
    const id = await publish(order);
    await publish({ ...order, orderId: "o-7" }, "o-7");
    const found = async (text: string) =>
      ((await api.get("search", { text })).body as Found).events;
    expect(await found("ADA@example")).to.have.length.above(1);
    expect(await found(id.slice(0, 8))).to.deep.equal([id]);
  });

  it("finds an event, and has all its steps, when many others have come since", async () => {
    const id = await publish(order);
    const steps = async () => ((await api.get("event", { id })).body as EventView).hops;
    const before = await steps();
    const { trace } = test.run.cloud;
    for (let number = 0; number < 25_000; number++) {
      const message = { messageId: `m-${number}`, body: "{}" };
      trace.record(`e-${number}`, "me", arn("sns", "elsewhere"), { kind: "published", ...message });
    }
    expect(trace.recent().some(({ event }) => event === id)).to.equal(false);
    expect(((await api.get("search", { text: id })).body as Found).events).to.deep.equal([id]);
    expect(await steps()).to.deep.equal(before);
  });

  it("keeps the invocations of a function, with their messages and their log", async () => {
    const id = await publish(nonsense);
    const { body } = await api.get("invocations", {
      function: arn("lambda", "function:orders-inventory"),
    });
    const [one] = body as Invocation[];
    expect(one?.failures.map(({ event }) => event)).to.deep.equal([id]);
    expect(one?.log)
      .to.match(/^START RequestId: /)
      .and.to.contain("items");
    const same = await api.get("invocations", { requestId: one?.requestId ?? "" });
    expect(same.body).to.deep.equal([one]);
  });

  it("tells of an event why each consumer failed on it, where in its sources, and when it is tried again", async () => {
    const id = await publish({ ...nonsense, customer: order.customer, event: "placed" });
    const { hops, progress } = (await api.get("event", { id })).body as EventView;
    const failed = hops.filter((hop) => hop.kind === "failed");
    expect(failed).to.have.lengthOf(3);
    for (const { reason, position } of failed) {
      expect(reason).to.match(/^not a valid order: items: /);
      expect(position).to.match(/^handlers\/lib\/parseJson\.ts:\d+:\d+$/);
    }
    expect(progress[inventoryQueue]).to.deep.equal({
      tries: 1,
      mostTries: 5,
      nextAt: test.clock.now() + 60_000,
    });
  });

  it("shows dead letters, and moves them back", async () => {
    const id = await publish(nonsense);
    await test.clock.advance(untilDeadLettered);
    const { messages, deadLettersOf, moves, replay } = await queue(inventoryLetters);
    expect(
      messages.map(({ body, groupId, sourceArn, event }) => [body, groupId, sourceArn, event]),
    ).to.deep.equal([[JSON.stringify(nonsense), "o-1", inventoryQueue, id]]);
    expect(deadLettersOf).to.deep.equal([inventoryQueue]);
    expect(moves).to.deep.equal([]);
    expect(replay).to.deep.equal({
      possible: false,
      reason: "SQS itself can move them back: redrive them",
    });
    expect((await api.post("redrive", { queueArn: inventoryLetters })).status).to.equal(200);
    await test.clock.advance(1);
    expect((await queue(inventoryLetters)).messages).to.deep.equal([]);
    expect((await queue(inventoryLetters)).moves[0]).to.include({ status: "COMPLETED", moved: 1 });
    expect((await queue(inventoryQueue)).messages.map(({ event }) => event)).to.deep.equal([id]);
  });

  it("deletes one message, or all", async () => {
    for (const group of ["o-1", "o-2", "o-3"]) await publish(nonsense, group);
    await test.clock.advance(untilDeadLettered);
    const [first] = (await queue(inventoryLetters)).messages;
    const one = { queueArn: inventoryLetters, messageId: first?.messageId };
    expect((await api.post("delete", one)).body).to.deep.equal({ count: 1 });
    expect(await queue(inventoryLetters))
      .to.have.property("messages")
      .with.lengthOf(2);
    const again = await api.post("delete", one);
    expect(again).to.deep.equal({
      status: 400,
      body: {
        error: {
          code: "InvalidParameterValue",
          message: `The message ${first?.messageId} is not in the queue.`,
        },
      },
    });
    expect((await api.post("delete", { queueArn: inventoryLetters })).body).to.deep.equal({
      count: 2,
    });
    expect((await queue(inventoryLetters)).state).to.deep.equal({
      visible: 0,
      inFlight: 0,
      delayed: 0,
    });
  });

  it("offers each system's examples, and nothing for a system that has none", async () => {
    const { messages } = (await api.get("examples", { system: "orders" })).body as Examples;
    expect(messages[0]).to.deep.include({ title: "An order is placed", attributes: {} });
    expect(JSON.parse(messages[0]?.message ?? "")).to.include({ event: "placed" });
    const none = await api.get("examples", { system: "constructor" });
    expect(none.body).to.deep.equal({ messages: [], files: [] });
  });

  it("shows the mails that were sent, the latest first, and forgets them", async () => {
    await publish(order);
    await publish({ ...order, event: "paid" });
    const { body } = await api.get("outbox");
    expect((body as { subject: string }[]).map(({ subject }) => subject)).to.deep.equal([
      "Your order o-1 is paid",
      "We have your order o-1",
    ]);
    await api.post("clear-outbox", {});
    expect((await api.get("outbox")).body).to.deep.equal([]);
  });

  describe("refuses", () => {
    const message = { topicArn: orders, message: "x", groupId: "g" };

    it("a change that a page of another origin could send unasked", async () => {
      const plain = await api.post("publish", message, { "content-type": "text/plain" });
      expect(plain.status).to.equal(415);
      const got = await api.get("publish", { ...message });
      expect(got.status).to.equal(405);
      const foreign = await fetch(`${test.run.url}/_fanout/api/publish`, {
        method: "POST",
        headers: { "content-type": "application/json", origin: "https://example.com" },
        body: JSON.stringify(message),
      });
      expect(foreign.status).to.equal(403);
      expect(test.run.cloud.trace.recent()).to.deep.equal([]);
    });

    it("a body that is not what it should be, and says what is wrong with it", async () => {
      const answers = await Promise.all([
        api.post("publish", { topicArn: orders }),
        api.post("publish", { ...message, colour: "red" }),
        api.post("redrive", []),
        api.get("queue"),
      ]);
      expect(answers.map(({ status }) => status)).to.deep.equal([400, 400, 400, 400]);
      const [missing, unknown, , parameter] = answers.map(({ body }) => JSON.stringify(body));
      expect(missing).to.contain("message: ");
      expect(unknown).to.contain("colour: ");
      expect(parameter).to.contain('The parameter \\"arn\\" is missing.');
    });

    it("what AWS refuses, in AWS's words", async () => {
      const { status, body } = await api.post("publish", { topicArn: orders, message: "x" });
      expect(status).to.equal(400);
      expect(JSON.stringify(body)).to.contain("MessageGroupId");
      const redrive = await api.post("redrive", { queueArn: inventoryQueue });
      expect(JSON.stringify(redrive.body)).to.contain(
        "Source queue must be configured as a Dead Letter Queue.",
      );
    });

    it("a path that does not exist", async () => {
      expect((await api.get("nothing")).status).to.equal(404);
      expect((await api.get("constructor")).status).to.equal(404);
    });
  });
});
