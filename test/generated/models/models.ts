import { readFileSync } from "node:fs";
import type { Bounds } from "./comparisons.ts";

export type Constraints = Bounds & {
  readonly pattern?: string;
  readonly enum?: readonly string[];
};

/** Constraints of AWS's API models by service and shape: `lambda.Timeout`. readModels.py writes the file. */
export const models: {
  readonly botocore: string;
  readonly shapes: Readonly<Record<string, Constraints>>;
} = JSON.parse(readFileSync("test/generated/models/awsModels.json", "utf8"));
