import type { ExampleMessage } from "../../local/systems/examples.ts";
import { allLamps, chairsAndDesk, nonsense } from "../shared/purchaseExamples.ts";

export const messages: readonly ExampleMessage[] = [
  { title: "A new order", message: chairsAndDesk },
  { title: "An order that is too dear, and of more lamps than there are", message: allLamps },
  { title: "An order that makes no sense", message: nonsense, poison: true },
];
