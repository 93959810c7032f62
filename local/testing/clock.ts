import type { Activity } from "../time/activity.ts";
import { ManualClock } from "../time/manualClock.ts";
import type { Duration, TestClock } from "./api/testCloud.ts";

/** The clock of a test cloud. Each cloud that is opened at a reset has a new one, which goes on behind this. */
export class TestClockControl implements TestClock {
  #clock: ManualClock | undefined;
  #start: number | undefined;

  /** @param start cloud time, in milliseconds since 1970. @default that of `ManualClock` */
  constructor(start: number | undefined) {
    this.#start = start;
  }

  /** For the next cloud. */
  readonly create = (activity: Activity): ManualClock => {
    this.#clock = new ManualClock(() => activity.idle(), this.#start);
    return this.#clock;
  };

  /** Cloud time of the next cloud at its start, in milliseconds since 1970. */
  startAt(time: number): void {
    this.#start = time;
  }

  now(): Date {
    return new Date(this.manual.now());
  }

  async advance(duration: Duration | number): Promise<void> {
    await this.manual.advance(milliseconds(duration));
  }

  /** The clock of the cloud that is open. */
  get manual(): ManualClock {
    if (this.#clock === undefined) throw new Error("the test cloud has no clock yet");
    return this.#clock;
  }
}

/** @throws RangeError for a duration that is negative or not finite */
function milliseconds(duration: Duration | number): number {
  const total = typeof duration === "number" ? duration : sum(duration);
  if (Number.isFinite(total) && total >= 0) return total;
  throw new RangeError(
    `time advances by 0 or more milliseconds, or by a duration such as { hours: 6 } (given ${JSON.stringify(duration)})`,
  );
}

function sum(duration: Duration): number {
  const { days = 0, hours = 0, minutes = 0, seconds = 0, milliseconds: rest = 0 } = duration;
  return (((days * 24 + hours) * 60 + minutes) * 60 + seconds) * 1000 + rest;
}
