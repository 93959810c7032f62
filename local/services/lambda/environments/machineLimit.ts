import type { Cancel } from "../../../time/clock.ts";
import type { HandlerTimer } from "./handlerTimer.ts";

/** Gives back a place. Call it once. */
type Release = () => void;

/** How long everything may stand still before one more place is opened, in seconds. */
const patienceSeconds = 1;

/**
 * How many invocations run at once on this machine. It has no counterpart on AWS, which would have
 * started another server: more of them just wait, first come first served within a function, and
 * the functions taking turns.
 *
 * Handlers may wait for one another (one invokes another function, say), so the limit gives way: when
 * no place has come free for a second, one more is opened.
 */
export class MachineLimit {
  readonly #places: number;
  readonly #waiting = new Map<string, ((release: Release) => void)[]>();
  readonly #timer: HandlerTimer;
  #taken = 0;
  #cancelImpatience: Cancel | undefined;

  constructor(places: number, timer: HandlerTimer) {
    this.#places = places;
    this.#timer = timer;
  }

  async enter(functionArn: string): Promise<Release> {
    if (this.#taken < this.#places && this.#waiting.size === 0) return this.#place();
    return await new Promise((resolve) => {
      const line = this.#waiting.get(functionArn) ?? [];
      line.push(resolve);
      this.#waiting.set(functionArn, line);
      this.#cancelImpatience ??= this.#timer(patienceSeconds, () => this.#openOneMore());
    });
  }

  #place(): Release {
    this.#taken++;
    return () => {
      this.#taken--;
      if (this.#taken < this.#places) this.#admitNext();
    };
  }

  #openOneMore(): void {
    this.#cancelImpatience = undefined;
    this.#admitNext();
  }

  #admitNext(): void {
    this.#cancelImpatience?.();
    this.#cancelImpatience = undefined;
    const [functionArn, line] = this.#waiting.entries().next().value ?? [];
    if (functionArn === undefined || line === undefined) return;
    const admit = line.shift();
    // The function goes to the end of the round, or out of it.
    this.#waiting.delete(functionArn);
    if (line.length > 0) this.#waiting.set(functionArn, line);
    if (this.#waiting.size > 0) {
      this.#cancelImpatience = this.#timer(patienceSeconds, () => this.#openOneMore());
    }
    admit?.(this.#place());
  }
}
