import type { Outcome } from "../lib/recordHandler.ts";
import type { StoredObject } from "./storedObject.ts";

const maxAttempts = 3;

/**
 * Reads an object, acts on it, reads it again, and repeats this if it has changed.
 *
 * Events of a standard topic arrive late, twice and out of order, and the object may change while one is
 * handled. An event is therefore only a reason to read the object. Because every handler reads again after
 * it has acted, what is derived from an object agrees with it in the end, whatever the order of events.
 *
 * @throws Error when the object changed each time; the message is then received again later
 */
export async function retryUntilUnchanged(
  read: () => Promise<StoredObject | undefined>,
  act: (object: StoredObject | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  let object = await read();
  for (let attempt = 0; attempt < maxAttempts; attempt++) {
    const outcome = await act(object);
    const now = await read();
    if (now?.etag === object?.etag) return outcome;
    object = now;
  }
  throw new Error(`the object changed ${maxAttempts} times while it was handled`);
}
