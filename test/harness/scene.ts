import type { Scene } from "../../demo/scene.ts";
import { Stage } from "../../demo/stage.ts";
import type { TestRun } from "./localRun.ts";

/** Plays a scene of the demo without an audience; its waiting moves the test's clock. */
export async function playScene(
  { run, clients, clock }: TestRun,
  scene: Scene,
): Promise<{ readonly right: number; readonly wrong: readonly string[] }> {
  const lines: string[] = [];
  const stage = new Stage(run, clients, {
    print: (line) => lines.push(line),
    pass: () => clock.advance(1000),
  });
  await scene.play(stage);
  const wrong = lines.flatMap((line, index) =>
    line.includes("FAIL") ? lines.slice(index, index + 3).join("\n") : [],
  );
  return { right: stage.checks - stage.failures, wrong };
}
