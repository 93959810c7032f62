import * as v from "valibot";

/** What the engine did to one resource: `create`, `update`, `same`, `delete`, `refresh`, ... */
export type ResourceStep = { readonly op: string; readonly urn: string };

/** What an operation of the engine did, and what it took. */
export type Operated = {
  /** From the start of the CLI to its end. */
  readonly seconds: number;
  /** The largest that the process of the program was, in MiB. */
  readonly memory: number;
  readonly steps: readonly ResourceStep[];
};

export const operatedSchema: v.GenericSchema<unknown, Operated> = v.object({
  seconds: v.number(),
  memory: v.number(),
  steps: v.array(v.object({ op: v.string(), urn: v.string() })),
});
