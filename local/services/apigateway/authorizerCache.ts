import type { Clock } from "../../time/clock.ts";

/** What authorizers decided, as long as they say that it counts. */
export class AuthorizerCache<T> {
  readonly #clock: Clock;
  readonly #kept = new Map<string, { readonly value: T; readonly until: number }>();

  constructor(clock: Clock) {
    this.#clock = clock;
  }

  get(key: string): T | undefined {
    const found = this.#kept.get(key);
    if (found === undefined || found.until > this.#clock.now()) return found?.value;
    this.#kept.delete(key);
    return undefined;
  }

  keep(key: string, value: T, seconds: number): void {
    if (seconds > 0) this.#kept.set(key, { value, until: this.#clock.now() + seconds * 1000 });
  }
}
