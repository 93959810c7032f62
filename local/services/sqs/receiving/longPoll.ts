import type { Clock } from "../../../time/clock.ts";
import type { ReceivedMessage } from "../interface.ts";

export type Wait = {
  readonly milliseconds: number;
  /** Ends the wait with nothing. */
  readonly signal: AbortSignal;
};

/**
 * Waits for messages: tries to receive each time there may be some, until it got one or the time is
 * over. Of several that wait, those that come away empty-handed go on waiting.
 *
 * @param watch calls its listener when messages may have become receivable
 */
export function longPoll(
  clock: Clock,
  { milliseconds, signal }: Wait,
  watch: (listener: () => void) => () => void,
  receive: () => ReceivedMessage[],
): Promise<ReceivedMessage[]> {
  return new Promise((resolve, reject) => {
    if (signal.aborted) return resolve([]);
    const stopWatching = watch(attempt);
    const cancelDeadline = clock.at(clock.now() + milliseconds, giveUp);
    signal.addEventListener("abort", giveUp);

    function attempt(): void {
      try {
        const messages = receive();
        if (messages.length > 0) end(() => resolve(messages));
      } catch (error) {
        end(() => reject(error));
      }
    }

    function giveUp(): void {
      end(() => resolve([]));
    }

    function end(settle: () => void): void {
      stopWatching();
      cancelDeadline();
      signal.removeEventListener("abort", giveUp);
      settle();
    }
  });
}
