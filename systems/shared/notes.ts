import type { SceneRunner } from "../../demo/sceneRunner.ts";

/** The bodies of the messages that a consumer has recorded, sorted. */
export async function notesOf(
  runner: SceneRunner,
  system: string,
  consumer: string,
): Promise<string[]> {
  const items = await runner.aws.itemsIn(runner.output(system, "notesTable"));
  return items
    .filter((note) => note.consumer === consumer)
    .map(({ body }) => String(body))
    .sort();
}
