import { expect } from "chai";
import type { QueueHandler } from "../../../handlers/lib/batch.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { queueEvent } from "../../harness/handlers/records.ts";

describe("pricing", () => {
  const database = useDatabase({ prices: "sku", totals: "orderId" });
  useEnvironment(() => ({
    PRICES_TABLE: "prices",
    TOTALS_TABLE: "totals",
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: QueueHandler;
  before(async () => {
    ({ handler } = await import("../../../handlers/patterns/price.ts"));
  });

  /** The ids of the messages that failed, and the log. */
  async function handle(bodies: Readonly<Record<string, unknown>>) {
    const records = Object.entries(bodies).map(([messageId, body]) => ({
      messageId,
      body: JSON.stringify(body),
    }));
    const { result, log } = await runHandler(handler, queueEvent(...records));
    return { failed: result.batchItemFailures.map((each) => each.itemIdentifier), log };
  }

  const order = (orderId: string, sku: string) => ({ orderId, sku, quantity: 3 });

  it("keeps what each order costs", async () => {
    await database().put("prices", { sku: "stool", price: 1500 });
    expect((await handle({ one: order("o-1", "stool") })).failed).to.deep.equal([]);
    expect(await database().all("totals")).to.deep.equal([
      { orderId: "o-1", sku: "stool", quantity: 3, total: 4500 },
    ]);
  });

  it("fails on an article without a price alone, for as long as it has none", async () => {
    await database().put("prices", { sku: "stool", price: 1500 });
    const orders = { one: order("o-1", "sofa"), two: order("o-2", "stool") };
    const { failed, log } = await handle(orders);
    expect(failed).to.deep.equal(["one"]);
    const failure = log.find(({ message }) => message === "failed");
    expect(failure).to.include({ messageId: "one", permanent: false });
    expect(await database().all("totals")).to.have.length(1);
    await database().put("prices", { sku: "sofa", price: 100 });
    expect((await handle({ one: order("o-1", "sofa") })).failed).to.deep.equal([]);
    expect(await database().get("totals", "o-1")).to.include({ total: 300 });
  });

  it("says that an order which makes no sense never will", async () => {
    const { failed, log } = await handle({ one: { orderId: "o-1", sku: "stool", quantity: 0 } });
    expect(failed).to.deep.equal(["one"]);
    expect(log.find(({ message }) => message === "failed")).to.include({ permanent: true });
    expect(await database().all("totals")).to.deep.equal([]);
  });
});
