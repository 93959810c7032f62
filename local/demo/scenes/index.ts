import type { Scene } from "../scene.ts";
import { orders } from "./orders.ts";
import { uploads } from "./uploads.ts";

/** Every scene, in the order in which they are best seen. */
export const scenes: readonly Scene[] = [uploads, orders];

/** Those that `npm run demo` plays when none is named. */
export const mainScenes: readonly Scene[] = [uploads, orders];
