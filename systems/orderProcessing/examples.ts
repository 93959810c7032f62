import type { ExampleMessage } from "../../local/systems/examples.ts";
import { allLamps, chairsAndDesk, nonsense } from "../shared/purchaseExamples.ts";

const address = {
  name: "Ada Lovelace",
  street: "12 St James's Square",
  postcode: "SW1Y 4JH",
  city: "London",
  country: "GB",
};

const manyChairs = {
  ...chairsAndDesk,
  orderId: "o-1004",
  items: [{ sku: "chair", quantity: 24, unitPrice: 49.9 }],
};

export const messages: readonly ExampleMessage[] = [
  { title: "An order in one parcel", message: { ...chairsAndDesk, address } },
  { title: "An order in three parcels", message: { ...manyChairs, address } },
  {
    title: "An order too large for parcels: only shipping fails",
    message: { ...allLamps, address },
    poison: true,
  },
  { title: "An order that makes no sense", message: nonsense, poison: true },
];
