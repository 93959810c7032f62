import type { Cancel } from "../../../time/clock.ts";

/**
 * Calls `expired` once after so many seconds, unless it is cancelled before. Timeouts of handlers run
 * on the machine's time, because a handler needs its real seconds however fast the cloud's clock goes.
 * A test passes a timer of its own, so that a slow machine changes nothing.
 */
export type HandlerTimer = (seconds: number, expired: () => void) => Cancel;

export const machineTimer: HandlerTimer = (seconds, expired) => {
  const timer = setTimeout(expired, seconds * 1000);
  return () => clearTimeout(timer);
};
