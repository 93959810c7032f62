import * as v from "valibot";
import { shortName } from "../../local/trace/shortName.ts";
import { postLocalApi, readLocalApi } from "./localApi.ts";

const overview = v.object({
  triggers: v.record(v.string(), v.object({ schedule: v.optional(v.string()) })),
});

export type Trigger = { readonly arn: string; readonly name: string };

/** The schedules of a local run, and its rules with one. */
export async function readTriggers(url: string): Promise<Trigger[]> {
  const { triggers } = await readLocalApi(url, "overview", overview);
  return Object.entries(triggers)
    .filter(([, { schedule }]) => schedule !== undefined)
    .map(([arn]) => ({ arn, name: shortName(arn) }));
}

/** @returns the id of the event */
export async function runTrigger(url: string, arn: string): Promise<string> {
  const answer = await postLocalApi(url, "run-trigger", { arn });
  return v.parse(v.object({ event: v.string() }), answer).event;
}
