import { invalidParameterValue } from "../errors.ts";
import type { MoveTask } from "./moveTaskTable.ts";

/** The handle of a move task: base64 of a JSON object, as AWS makes it. */
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
