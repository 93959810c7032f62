import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { deadLettersOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "new-order";

const order = (orderId: string, quantity: number, unitPrice: number) => ({
  message: {
    orderId,
    customer: { email: "ada@example.com" },
    items: [{ sku: "chair", quantity, unitPrice }],
  },
});

describe("new orders, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  const items = (name: string) => itemsIn(test, textOutput(test.system(system), name));
  const subjects = () => test.cloud.sent().map(({ subject }) => subject);

  async function chairs(): Promise<unknown> {
    const stock = await items("inventoryTable");
    return stock.find(({ sku }) => sku === "chair")?.stock;
  }

  it("are paid, reserved and confirmed once, however often they are delivered", async () => {
    await publishTo(test, system, order("o-1", 3, 19.99), order("o-1", 3, 19.99));
    await test.cloud.settled();
    await publishTo(test, system, order("o-1", 3, 19.99));
    await test.cloud.settled();
    const [payment, ...others] = await items("paymentsTable");
    expect(payment).to.include({ paymentId: "o-1", amount: 59.97, status: "charged" });
    expect(others).to.deep.equal([]);
    expect(await chairs()).to.equal(997);
    expect(subjects()).to.deep.equal(["We have your order o-1"]);
  });

  it("over the payment limit are refused, those over the stock rejected; both are recorded", async () => {
    await publishTo(test, system, order("o-1", 1001, 100));
    await test.cloud.settled();
    const [payment] = await items("paymentsTable");
    expect(payment).to.include({ amount: 100_100, status: "refused" });
    expect(await items("ledgerTable"))
      .to.have.nested.property("[0]")
      .that.includes({ orderId: "o-1", status: "rejected" });
    expect(await chairs()).to.equal(1000);
  });

  it("that are invalid end in each consumer's dead-letter queue", async () => {
    await publishTo(test, system, { message: { orderId: "o-1" } });
    await test.cloud.clock.advance(30 * 60_000);
    expect(await deadLettersOf(test, system)).to.deep.equal({
      payment: 1,
      inventory: 1,
      notification: 1,
    });
  });
});
