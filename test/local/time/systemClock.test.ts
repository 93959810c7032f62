import { expect } from "chai";
import { Activity } from "../../../local/time/activity.ts";
import { SystemClock } from "../../../local/time/systemClock.ts";

const hour = 3_600_000;

describe("the machine's clock", () => {
  it("begins at the machine's time, but not before it is told", () => {
    const activity = new Activity();
    const earliest = Date.now() + hour;
    expect(new SystemClock(activity, 1, earliest).now()).to.be.at.least(earliest);
    const now = new SystemClock(activity, 1, 5).now();
    expect(now).to.be.within(Date.now() - hour, Date.now());
  });

  it("keeps the process alive only while something is scheduled", () => {
    const clock = new SystemClock(new Activity());
    const before = timers();
    const cancels = [hour, 2 * hour].map((wait) => clock.at(clock.now() + wait, () => {}));
    expect(timers()).to.equal(before + 1);
    cancels[0]?.();
    expect(timers()).to.equal(before + 1);
    cancels[1]?.();
    expect(timers()).to.equal(before);
  });
});

function timers(): number {
  return process.getActiveResourcesInfo().filter((resource) => resource === "Timeout").length;
}
