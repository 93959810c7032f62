import type { Message } from "../message.ts";
import { type Outcome, skipped } from "../recordHandler.ts";
import type { ObjectChange } from "./objectChange.ts";
import { readObjectChanges } from "./readObjectChanges.ts";

/**
 * Handles the changes of a message one after another, and adds the object to each outcome. Reads S3's event
 * notifications and S3's events of EventBridge.
 */
export async function forEachObjectChange(
  message: Message,
  handle: (change: ObjectChange) => Promise<Outcome>,
): Promise<Outcome[]> {
  const changes = readObjectChanges(message.body);
  if (changes.length === 0) return [skipped("ignored", { reason: "names no object" })];
  const outcomes: Outcome[] = [];
  for (const change of changes) {
    const { eventName, bucket, key, requestId } = change;
    try {
      outcomes.push({ ...(await handle(change)), eventName, bucket, key, requestId });
    } catch (error) {
      throw new Error(`${eventName} of "${key}" in bucket ${bucket} could not be handled`, {
        cause: error,
      });
    }
  }
  return outcomes;
}
