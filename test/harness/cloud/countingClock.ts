import { ManualClock } from "../../../local/time/manualClock.ts";

/** A clock that tells how many actions it has in store: what an idle cloud leaves on it, it should not. */
export class CountingClock extends ManualClock {
  scheduled = 0;

  override at(time: number, action: () => void) {
    this.scheduled += 1;
    let open = true;
    const close = () => {
      if (open) this.scheduled -= 1;
      open = false;
    };
    const cancel = super.at(time, () => {
      close();
      action();
    });
    return () => {
      close();
      cancel();
    };
  }
}
