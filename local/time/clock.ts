/** Undoes what the call that returned it did. Calling it twice is harmless. */
export type Cancel = () => void;

/**
 * The one clock of the local cloud. Visibility timeouts, delays, retries, batch windows and
 * deduplication windows are all measured on it, never on the machine's clock, so that tests can let
 * hours pass in milliseconds and `--speed` can hurry a demo.
 */
export interface Clock {
  /** Cloud time, in milliseconds since 1970. Never goes back. */
  now(): number;

  /** Runs `action` once when cloud time reaches `time`, in its own turn even when that is past. */
  at(time: number, action: () => void): Cancel;
}
