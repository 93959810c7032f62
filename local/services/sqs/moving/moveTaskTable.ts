import type { DatabaseSync } from "node:sqlite";
import { invalidParameterValue } from "../errors.ts";

/** How far a task that moves messages out of a dead-letter queue has got. */
export type MoveTask = {
  readonly id: string;
  readonly sourceArn: string;
  /** Absent where the messages go back to where they came from. */
  readonly destinationArn?: string;
  readonly maxMessagesPerSecond?: number;
  readonly status: "RUNNING" | "COMPLETED" | "CANCELLING" | "CANCELLED" | "FAILED";
  /** Messages there were to move when it started. */
  readonly toMove: number;
  readonly moved: number;
  /** Cloud time in milliseconds since 1970. */
  readonly startedAt: number;
  readonly failureReason?: string;
};

const schema = `
  CREATE TABLE IF NOT EXISTS move_tasks (
    number INTEGER PRIMARY KEY,
    id TEXT NOT NULL UNIQUE,
    source_arn TEXT NOT NULL,
    unfinished INTEGER NOT NULL,
    task TEXT NOT NULL
  ) STRICT`;

/** The move tasks of all queues; there are few of them. */
export class MoveTaskTable {
  readonly #store: DatabaseSync;

  constructor(store: DatabaseSync) {
    this.#store = store;
    store.exec(schema);
  }

  put(task: MoveTask): void {
    const unfinished = task.status === "RUNNING" || task.status === "CANCELLING" ? 1 : 0;
    this.#store
      .prepare(
        `INSERT INTO move_tasks (id, source_arn, unfinished, task) VALUES (?, ?, ?, ?)
         ON CONFLICT (id) DO UPDATE SET unfinished = excluded.unfinished, task = excluded.task`,
      )
      .run(task.id, task.sourceArn, unfinished, JSON.stringify(task));
  }

  find(id: string): MoveTask | undefined {
    return this.#tasks("WHERE id = ?", id)[0];
  }

  unfinished(): MoveTask[] {
    return this.#tasks("WHERE unfinished = 1");
  }

  latest(sourceArn: string, limit: number): MoveTask[] {
    return this.#tasks("WHERE source_arn = ? ORDER BY number DESC LIMIT ?", sourceArn, limit);
  }

  removeAll(sourceArn: string): void {
    this.#store.prepare("DELETE FROM move_tasks WHERE source_arn = ?").run(sourceArn);
  }

  #tasks(which: string, ...values: (string | number)[]): MoveTask[] {
    const rows = this.#store.prepare(`SELECT task FROM move_tasks ${which}`).all(...values);
    return rows.map(({ task }) => JSON.parse(String(task)));
  }
}

/** The handle of a move task: base64 of a JSON object, as on AWS. */
export function taskHandle({ id, sourceArn }: MoveTask): string {
  return Buffer.from(JSON.stringify({ taskId: id, sourceArn })).toString("base64");
}

/** @throws InvalidParameterValue when the text is no handle */
export function readTaskHandle(handle: string): { taskId: string; sourceArn: string } {
  const { taskId, sourceArn } = parse(Buffer.from(handle, "base64").toString());
  if (typeof taskId === "string" && typeof sourceArn === "string") return { taskId, sourceArn };
  throw invalidParameterValue("Value for parameter TaskHandle is invalid.");
}

function parse(text: string): Record<string, unknown> {
  try {
    return { ...JSON.parse(text) };
  } catch {
    return {};
  }
}
