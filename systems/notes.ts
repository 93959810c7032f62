import { textOutput } from "../demo/outputs.ts";
import type { Stage } from "../demo/stage.ts";
import { itemsIn } from "../demo/tables.ts";

/** The bodies of the messages that a consumer has noted, sorted. */
export async function notesOf(stage: Stage, system: string, consumer: string): Promise<string[]> {
  const items = await itemsIn(stage, textOutput(stage.system(system), "notesTable"));
  return items
    .filter((note) => note.consumer === consumer)
    .map(({ body }) => String(body))
    .sort();
}
