import { expect } from "chai";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import {
  readShippedPurchase,
  type ShippedPurchase,
  shipmentOf,
} from "../../../handlers/orderProcessing/shipment.ts";

const address = { name: "Ada", street: "1 Road", postcode: "1", city: "London", country: "GB" };

const purchase = (...quantities: number[]): ShippedPurchase => ({
  orderId: "o-1",
  customer: { email: "ada@example.com" },
  items: quantities.map((quantity) => ({ sku: "chair", quantity, unitPrice: 1 })),
  address,
});

describe("a shipment", () => {
  for (const [quantities, pieces] of [
    [[1], [1]],
    [[10], [10]],
    [[11], [10, 1]],
    [
      [4, 3, 16],
      [10, 10, 3],
    ],
  ] as const) {
    it(`of ${quantities.join(" and ")} pieces has parcels of ${pieces.join(", ")}`, () => {
      const shipment = shipmentOf(purchase(...quantities));
      expect(shipment?.parcels.map((parcel) => parcel.pieces)).to.deep.equal(pieces);
    });
  }

  it("has a tracking id for each parcel, the same whenever it is made", () => {
    const ids = shipmentOf(purchase(25))?.parcels.map(({ trackingId }) => trackingId) ?? [];
    for (const id of ids) expect(id).to.match(/^TR[0-9A-F]{14}$/);
    expect(new Set(ids).size).to.equal(3);
    expect(shipmentOf(purchase(25))?.parcels.map(({ trackingId }) => trackingId)).to.deep.equal(
      ids,
    );
  });

  it("has a hundred parcels at most", () => {
    expect(shipmentOf(purchase(1000))?.parcels).to.have.length(100);
    expect(shipmentOf(purchase(1001))).to.equal(undefined);
  });

  for (const [what, changes] of [
    ["without an address", { address: undefined }],
    ["to a country that is none", { address: { ...address, country: "Britain" } }],
    ["to a city of two lines", { address: { ...address, city: "Lon\ndon" } }],
  ] as const) {
    it(`is refused for good ${what}`, () => {
      const body = JSON.stringify({ ...purchase(1), ...changes });
      expect(() => readShippedPurchase(body)).to.throw(PermanentError, "address");
    });
  }
});
