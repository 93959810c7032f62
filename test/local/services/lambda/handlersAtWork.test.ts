import { expect } from "chai";
import { HandlersAtWork } from "../../../../local/services/lambda/handlersAtWork.ts";
import { Activity } from "../../../../local/time/activity.ts";

const role = "arn:aws:iam::000000000000:role/worker";

describe("handlers at work", () => {
  let busy: boolean;
  let handlers: HandlersAtWork;
  beforeEach(() => {
    busy = false;
    const activity = new Activity();
    activity.onChange((is) => {
      busy = is;
    });
    handlers = new HandlersAtWork(activity);
  });

  it("count as work until they end, except while they wait for the clock", () => {
    const end = handlers.begin(role);
    const goOn = handlers.wait(role);
    expect(busy).to.equal(false);
    goOn();
    expect(busy).to.equal(true);
    end();
    expect(busy).to.equal(false);
  });

  it("count for themselves: one that waits leaves the others at work", () => {
    const ends = [handlers.begin(role), handlers.begin(role), handlers.begin(`${role}-2`)];
    handlers.wait(role);
    handlers.wait(role);
    expect(busy).to.equal(true);
    ends[2]?.();
    expect(busy).to.equal(false);
  });

  it("wait once each, however many calls they wait in", () => {
    const end = handlers.begin(role);
    const waits = [handlers.wait(role), handlers.wait(role)];
    waits[1]?.();
    expect(busy).to.equal(false);
    waits[0]?.();
    expect(busy).to.equal(true);
    end();
    expect(busy).to.equal(false);
  });

  it("that end while a call still waits leave nothing behind", () => {
    const end = handlers.begin(role);
    const goOn = handlers.wait(role);
    end();
    goOn();
    expect(busy).to.equal(false);
    const endNext = handlers.begin(role);
    expect(busy).to.equal(true);
    endNext();
    expect(busy).to.equal(false);
  });

  it("of a role without one at work wait for nothing", () => {
    const end = handlers.begin(role);
    handlers.wait(`${role}-2`);
    expect(busy).to.equal(true);
    end();
  });
});
