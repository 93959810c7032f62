import { SendEmailCommand } from "@aws-sdk/client-sesv2";
import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import type { Order } from "../../../handlers/orders/order.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { orderBody } from "../../harness/handlers/orders.ts";
import { queueEvent } from "../../harness/handlers/records.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

describe("notification", () => {
  const database = useDatabase({ idempotency: "id" });
  useEnvironment(() => ({
    IDEMPOTENCY_TABLE: "idempotency",
    SENDER: "shop@example.com",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;
  let calls: SdkCalls;

  before(async () => {
    ({ handler } = await import("../../../handlers/orders/notification.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    let sent = 0;
    calls.on(SendEmailCommand, () => ({ MessageId: `mail-${++sent}` }));
    calls.start({ othersGoThrough: true });
  });

  afterEach(() => calls.stop());

  const about = (...orders: Partial<Order>[]) =>
    queueEvent(
      ...orders.map((changes) => ({
        body: orderBody(changes),
        groupId: changes.orderId ?? "o-1",
        messageId: `${changes.orderId ?? "o-1"} ${changes.event ?? "placed"}`,
      })),
    );

  const subjects = () =>
    calls.of(SendEmailCommand).map(({ Content }) => Content?.Simple?.Subject?.Data);

  it("writes to the customer", async () => {
    const { result, log } = await runHandler(handler, about({}));
    expect(result).to.deep.equal({ batchItemFailures: [] });
    expect(log.at(-1)).to.include({ outcome: "notified", orderId: "o-1", mailId: "mail-1" });
    const [mail] = calls.of(SendEmailCommand);
    expect(mail).to.deep.include({
      FromEmailAddress: "shop@example.com",
      Destination: { ToAddresses: ["ada@example.com"] },
    });
    expect(mail?.Content?.Simple?.Body?.Text).to.have.property("Charset", "UTF-8");
    expect(mail?.Content?.Simple?.Body?.Text?.Data).to.contain("Total: 119.79");
  });

  it("writes once for each event of each order, however often they come", async () => {
    const events = [{}, { event: "paid" }, { orderId: "o-2" }] as const;
    await runHandler(handler, about(...events, ...events));
    await runHandler(handler, about(...events));
    expect(subjects()).to.deep.equal([
      "We have your order o-1",
      "Your order o-1 is paid",
      "We have your order o-2",
    ]);
  });

  it("writes again when the first try failed", async () => {
    const answers = [new Error("slow down"), { MessageId: "mail-1" }];
    calls.on(SendEmailCommand, () => {
      const answer = answers.shift() ?? new Error("once more than expected");
      if (answer instanceof Error) throw answer;
      return answer;
    });
    const first = await runHandler(handler, about({}));
    expect(first.result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "o-1 placed" }] });
    const second = await runHandler(handler, about({}));
    expect(second.result).to.deep.equal({ batchItemFailures: [] });
    const third = await runHandler(handler, about({}));
    expect(third.result).to.deep.equal({ batchItemFailures: [] });
    expect(calls.of(SendEmailCommand)).to.have.length(2);
  });

  it("writes nothing about a malformed order", async () => {
    const event = queueEvent({ body: "{}", messageId: "m-1", groupId: "o-1" });
    const { result } = await runHandler(handler, event);
    expect(result).to.deep.equal({ batchItemFailures: [{ itemIdentifier: "m-1" }] });
    expect(calls.made).to.deep.equal([]);
  });
});
