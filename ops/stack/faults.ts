import * as v from "valibot";
import { OpsError } from "../errors.ts";

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
  return v.parse(v.array(fault), await read(await fetch(`${url}/_fanout/api/faults`)));
}

/** @returns its id */
export async function addFault(url: string, injected: object): Promise<string> {
  const { id } = v.parse(v.object({ id: v.string() }), await post(url, "add-fault", injected));
  return id;
}

export async function removeFault(url: string, id: string): Promise<void> {
  await post(url, "remove-fault", { id });
}

export async function clearFaults(url: string): Promise<void> {
  await post(url, "clear-faults", {});
}

async function post(url: string, path: string, body: object): Promise<unknown> {
  const headers = { "content-type": "application/json" };
  return read(
    await fetch(`${url}/_fanout/api/${path}`, {
      method: "POST",
      headers,
      body: JSON.stringify(body),
    }),
  );
}

const failure = v.object({ error: v.object({ message: v.string() }) });

async function read(response: Response): Promise<unknown> {
  const body: unknown = await response.json();
  if (response.ok) return body;
  const { success, output } = v.safeParse(failure, body);
  throw new OpsError(success ? output.error.message : `${response.url} answers ${response.status}`);
}
