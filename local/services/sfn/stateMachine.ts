import type { Machine } from "./definition.ts";

export type StateMachine = {
  readonly arn: string;
  readonly name: string;
  readonly type: "STANDARD" | "EXPRESS";
  readonly roleArn: string;
  /** JSON text. */
  readonly definition: string;
  readonly machine: Machine;
  /** Cloud time, in milliseconds since 1970. */
  readonly created: number;
};
