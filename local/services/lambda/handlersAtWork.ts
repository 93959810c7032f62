import type { Activity } from "../../time/activity.ts";

/** Undoes what the call that returned it did. */
type Undo = () => void;

/**
 * The handlers that run, by the role that they call AWS with. One that waits in a call for the cloud's clock, such
 * as a long poll, does not count as work meanwhile: a test's clock would stand still for ever.
 */
export class HandlersAtWork {
  readonly #activity: Activity;
  readonly #running = new Map<string, number>();
  readonly #waiting = new Map<string, readonly Undo[]>();

  constructor(activity: Activity) {
    this.#activity = activity;
  }

  /** Counts a handler as work until the function that it returns is called. */
  begin(roleArn: string): Undo {
    const end = this.#activity.begin();
    this.#running.set(roleArn, this.#runningAs(roleArn) + 1);
    return () => {
      this.#running.set(roleArn, this.#runningAs(roleArn) - 1);
      // It may end while a call that it has forgotten still waits.
      this.#resumeWhatIsTooMuch(roleArn);
      end();
    };
  }

  /** Leaves out one handler of that role until the function that it returns is called. */
  wait(roleArn: string): Undo {
    const waiting = this.#waitingAs(roleArn);
    if (waiting.length >= this.#runningAs(roleArn)) return () => {};
    const resume = this.#activity.suspend();
    this.#waiting.set(roleArn, [...waiting, resume]);
    return () => {
      this.#waiting.set(
        roleArn,
        this.#waitingAs(roleArn).filter((each) => each !== resume),
      );
      resume();
    };
  }

  #resumeWhatIsTooMuch(roleArn: string): void {
    const waiting = this.#waitingAs(roleArn);
    const most = this.#runningAs(roleArn);
    for (const resume of waiting.slice(most)) resume();
    this.#waiting.set(roleArn, waiting.slice(0, most));
  }

  #runningAs(roleArn: string): number {
    return this.#running.get(roleArn) ?? 0;
  }

  #waitingAs(roleArn: string): readonly Undo[] {
    return this.#waiting.get(roleArn) ?? [];
  }
}
