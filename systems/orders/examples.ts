import type { ExampleMessage } from "../../local/systems/examples.ts";
import { allLamps, chairsAndDesk, nonsense } from "../shared/purchaseExamples.ts";

export const messages: readonly ExampleMessage[] = [
  {
    title: "An order is placed",
    groupId: chairsAndDesk.orderId,
    message: { ...chairsAndDesk, event: "placed" },
  },
  {
    title: "The order is paid",
    groupId: chairsAndDesk.orderId,
    message: { ...chairsAndDesk, event: "paid" },
  },
  {
    title: "The order is cancelled",
    groupId: chairsAndDesk.orderId,
    message: { ...chairsAndDesk, event: "cancelled" },
  },
  {
    title: "An order of more lamps than there are",
    groupId: allLamps.orderId,
    message: { ...allLamps, event: "placed" },
  },
  {
    title: "An order that makes no sense",
    groupId: nonsense.orderId,
    message: { ...nonsense, event: "placed" },
    poison: true,
  },
];
