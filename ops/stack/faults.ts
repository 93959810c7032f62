import * as v from "valibot";
import { postLocalApi, readLocalApi } from "./localApi.ts";

const fault = v.looseObject({
  id: v.string(),
  kind: v.string(),
  hits: v.number(),
  times: v.optional(v.number()),
  functionArn: v.optional(v.string()),
  resource: v.optional(v.string()),
});

/** A fault that is in force on a local run. */
export type ActiveFault = v.InferOutput<typeof fault>;

/** @param url endpoint of the run */
export async function listFaults(url: string): Promise<ActiveFault[]> {
  return readLocalApi(url, "faults", v.array(fault));
}

/** @returns its id */
export async function addFault(url: string, injected: object): Promise<string> {
  const { id } = v.parse(
    v.object({ id: v.string() }),
    await postLocalApi(url, "add-fault", injected),
  );
  return id;
}

export async function removeFault(url: string, id: string): Promise<void> {
  await postLocalApi(url, "remove-fault", { id });
}

export async function clearFaults(url: string): Promise<void> {
  await postLocalApi(url, "clear-faults", {});
}
