import type { ExampleMessage } from "../../local/systems/examples.ts";

const place = { table: "customers", key: "c-1" };

export const messages: readonly ExampleMessage[] = [
  {
    title: "A row is inserted",
    message: { ...place, version: 1, operation: "insert", row: { name: "Ada", city: "London" } },
  },
  {
    title: "The row is updated",
    message: { ...place, version: 2, operation: "update", row: { name: "Ada", city: "Paris" } },
  },
  { title: "The row is deleted", message: { ...place, version: 4, operation: "delete" } },
  {
    title: "An older update comes too late",
    message: { ...place, version: 3, operation: "update", row: { name: "Ada", city: "Rome" } },
  },
  {
    title: "A change without a version",
    message: { ...place, operation: "update", row: { name: "Ada" } },
    poison: true,
  },
];
