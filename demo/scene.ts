import type { SceneRunner } from "./sceneRunner.ts";

/** Sends real events through the real handlers of a system and checks the results. */
export type Scene = {
  /** As `--scene` takes it. */
  readonly name: string;
  /** What it shows, in one line. */
  readonly title: string;
  /** The systems that it needs, by name. */
  readonly systems: readonly string[];
  /** A check that fails does not end the scene; the demo then exits with 1. */
  readonly play: (runner: SceneRunner) => Promise<void>;
};
