import type { Publication } from "../example.ts";
import { allLamps, chairsAndDesk, nonsense } from "../purchases/examples.ts";

export const newOrder: readonly Publication[] = [
  { title: "A new order", message: chairsAndDesk },
  { title: "An order that is too dear, and of more lamps than there are", message: allLamps },
  { title: "An order that makes no sense", message: nonsense, poison: true },
];
