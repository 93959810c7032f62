import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { deadLettersOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "order-processing";

const address = { name: "Ada", street: "1 Road", postcode: "1", city: "London", country: "GB" };

const order = (orderId: string, quantity: number) => ({
  message: {
    orderId,
    customer: { email: "ada@example.com" },
    items: [{ sku: "chair", quantity, unitPrice: 1 }],
    address,
  },
});

describe("order processing, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  const items = (name: string) => itemsIn(test, textOutput(test.system(system), name));
  const subjects = () => test.cloud.sent().map(({ subject }) => subject);

  it("charges, prepares parcels and mails the customer, once each", async () => {
    await publishTo(test, system, order("o-1", 24), order("o-1", 24));
    await test.cloud.settled();
    expect(await items("paymentsTable")).to.have.lengthOf(1);
    const [shipment, ...others] = await items("shipmentsTable");
    expect(others).to.deep.equal([]);
    expect(shipment).to.deep.include({ orderId: "o-1", address });
    expect(shipment).to.have.property("parcels").that.has.lengthOf(3);
    expect(subjects()).to.deep.equal(["We have your order o-1"]);
  });

  it("continues with payment and mail when only shipping fails", async () => {
    await publishTo(test, system, order("o-1", 1001));
    await test.cloud.clock.advance(30 * 60_000);
    expect(await deadLettersOf(test, system)).to.deep.equal({
      payment: 0,
      shipping: 1,
      notification: 0,
    });
    expect(await items("paymentsTable")).to.have.lengthOf(1);
    expect(await items("shipmentsTable")).to.deep.equal([]);
    expect(subjects()).to.have.lengthOf(1);
  });
});
