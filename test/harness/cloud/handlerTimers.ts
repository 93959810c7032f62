import type { HandlerTimer } from "../../../local/services/lambda/environments/handlerTimer.ts";

/** No handler times out, however slow the machine is. */
export const untimed: HandlerTimer = () => () => {};

type Running = { readonly seconds: number; readonly expired: () => void };

/** A timer of handlers whose time a test lets run out. */
export class ManualHandlerTimer {
  readonly #running = new Set<Running>();
  #begun: () => void = () => {};

  readonly timer: HandlerTimer = (seconds, expired) => {
    const entry = { seconds, expired };
    this.#running.add(entry);
    this.#begun();
    return () => this.#running.delete(entry);
  };

  /** Lets the time of one that was given so many seconds run out, once there is one. */
  async expire(seconds: number): Promise<void> {
    for (;;) {
      const entry = [...this.#running].find((running) => running.seconds === seconds);
      if (entry !== undefined) {
        this.#running.delete(entry);
        entry.expired();
        return;
      }
      await new Promise<void>((resolve) => {
        this.#begun = resolve;
      });
    }
  }
}
