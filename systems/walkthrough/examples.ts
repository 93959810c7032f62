import type { Publication } from "../example.ts";

export const walkthrough: readonly Publication[] = [
  { title: "Hello", message: "Hello from the SNS console" },
];
