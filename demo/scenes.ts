import { bookings } from "../systems/bookings/scene.ts";
import { oneFails } from "../systems/deadLetters/oneFailsScene.ts";
import { deadLetters } from "../systems/deadLetters/scene.ts";
import { delay } from "../systems/delay/scene.ts";
import { eventArchive } from "../systems/eventArchive/scene.ts";
import { duplicates } from "../systems/orders/duplicatesScene.ts";
import { exactOrder } from "../systems/orders/exactOrderScene.ts";
import { orders } from "../systems/orders/scene.ts";
import { priority } from "../systems/priority/scene.ts";
import { midway } from "../systems/pushPull/midway/midway.ts";
import { pushPull } from "../systems/pushPull/scene.ts";
import { uploads } from "../systems/uploads/scene.ts";
import type { Scene } from "./scene.ts";

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
