import type { Scene } from "../../../demo/scene.ts";
import { SceneRunner } from "../../../demo/sceneRunner.ts";
import type { TestRun } from "./localRun.ts";

/** Plays a scene of the demo without an audience; its waiting moves the test's clock. */
export async function playScene(
  { run, clients, clock }: TestRun,
  scene: Scene,
): Promise<{ readonly right: number; readonly wrong: readonly string[] }> {
  const lines: string[] = [];
  const runner = new SceneRunner(run, clients, {
    print: (line) => lines.push(line),
    pause: () => clock.advance(1000),
  });
  await scene.play(runner);
  const wrong = lines.flatMap((line, index) =>
    line.includes("FAIL") ? lines.slice(index, index + 3).join("\n") : [],
  );
  return { right: runner.checks - runner.failures, wrong };
}
