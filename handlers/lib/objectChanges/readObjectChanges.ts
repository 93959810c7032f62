import { readJson } from "../parseJson.ts";
import { changeOfBusEvent, isBusEvent } from "./busEvent.ts";
import type { ObjectChange } from "./objectChange.ts";
import { changesOfNotification } from "./s3Notification.ts";

/**
 * The changes in a message: in S3's event notification, or in S3's event of EventBridge. None for
 * `s3:TestEvent`.
 *
 * @throws PermanentError for any other message
 */
export function readObjectChanges(body: string): ObjectChange[] {
  const value = readJson(body, "S3 event");
  return isBusEvent(value) ? [changeOfBusEvent(value)] : changesOfNotification(value);
}
