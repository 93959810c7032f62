import * as v from "valibot";

/** What the engine did to one resource: `create`, `update`, `same`, `delete`, `refresh`, ... */
export type ResourceStep = {
  readonly op: string;
  readonly urn: string;
  /** When the engine said that it began and ended, in milliseconds of the program's process. */
  readonly begunAt: number;
  readonly endedAt: number;
};

/** What an operation of the engine did, and what it took. */
export type Operated = Reported & {
  /** From the start of the program's process to its end, the CLI's in between. */
  readonly seconds: number;
};

/** What the program's process says of itself. */
export type Reported = {
  /** Of processors, for the program's process alone. */
  readonly cpuSeconds: number;
  /** The largest that the process of the program was, in MiB. */
  readonly memory: number;
  readonly steps: readonly ResourceStep[];
};

export const reportedSchema: v.GenericSchema<unknown, Reported> = v.object({
  cpuSeconds: v.number(),
  memory: v.number(),
  steps: v.array(
    v.object({ op: v.string(), urn: v.string(), begunAt: v.number(), endedAt: v.number() }),
  ),
});
