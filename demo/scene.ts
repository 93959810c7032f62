import type { Stage } from "./stage.ts";

/** Something to see: sends real events through real handlers and checks what became of them. */
export type Scene = {
  /** What `--scene` takes. */
  readonly name: string;
  /** What it shows, in one line. */
  readonly title: string;
  /** The systems that it needs. */
  readonly systems: readonly string[];
  /** Plays it; a check that fails makes the demo fail, and the scene go on. */
  readonly play: (stage: Stage) => Promise<void>;
};
