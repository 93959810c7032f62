import type { Outcome } from "../lib/recordHandler.ts";
import type { StoredObject } from "./storedObject.ts";

const mostTries = 3;

/**
 * Acts on an object as it is, and again if it was another by the time that the act was done.
 *
 * Events of a standard topic come late, twice, and out of order, and the object may change while one
 * of them is handled. So an event is only the sign to look: whoever acts last has then looked after
 * acting, and what follows from an object agrees with it in the end, whatever the order.
 *
 * @throws Error when the object changed each time; the message comes back later
 */
export async function untilSettled(
  look: () => Promise<StoredObject | undefined>,
  act: (object: StoredObject | undefined) => Promise<Outcome>,
): Promise<Outcome> {
  let object = await look();
  for (let tries = 0; tries < mostTries; tries++) {
    const outcome = await act(object);
    const now = await look();
    if (now?.etag === object?.etag) return outcome;
    object = now;
  }
  throw new Error(`the object changed ${mostTries} times while it was looked at`);
}
