import type { Scene } from "../scene.ts";
import { bookings } from "./bookings.ts";
import { deadLetters } from "./deadLetters.ts";
import { delay } from "./delay.ts";
import { duplicates } from "./duplicates.ts";
import { eventArchive } from "./eventArchive.ts";
import { exactOrder } from "./exactOrder.ts";
import { midway } from "./midway/midway.ts";
import { oneFails } from "./oneFails.ts";
import { orders } from "./orders.ts";
import { priority } from "./priority.ts";
import { pushPull } from "./pushPull.ts";
import { uploads } from "./uploads.ts";

/** Those that `npm run demo` plays when none is named. */
export const mainScenes: readonly Scene[] = [uploads, orders];

/** Every scene, in the order in which they are best seen. */
export const scenes: readonly Scene[] = [
  ...mainScenes,
  bookings,
  pushPull,
  deadLetters,
  delay,
  priority,
  exactOrder,
  duplicates,
  oneFails,
  midway,
  eventArchive,
];
