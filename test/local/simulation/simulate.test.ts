import { expect } from "chai";
import { quotasOf } from "../../../local/simulation/quotas.ts";
import type { Scenario } from "../../../local/simulation/scenario.ts";
import { simulate } from "../../../local/simulation/simulate.ts";

/** One consumer that would need far more than Lambda starts with. */
const scenario: Scenario = {
  region: "us-east-1",
  perSecond: 20_000,
  bytes: 1024,
  consumers: 1,
  fifo: false,
  groups: 1,
  batchSize: 10,
  milliseconds: 1000,
  accountConcurrency: 10_000,
};

function concurrencyAt(second: number, changes: Partial<Scenario> = {}): number | undefined {
  return simulate({ ...scenario, ...changes }, second).at(-1)?.concurrency;
}

function firstQuota(changes: Partial<Scenario>): string | undefined {
  return quotasOf({ ...scenario, ...changes })[0]?.name;
}

describe("a simulated queue with a function", () => {
  it("begins with five batches at once, and has 300 more a minute later", () => {
    expect(concurrencyAt(1)).to.equal(5);
    expect(concurrencyAt(61)).to.equal(305);
    expect(concurrencyAt(121)).to.equal(605);
  });

  it("processes 1,250 batches at once at most", () => {
    expect(concurrencyAt(600)).to.equal(1250);
  });

  it("stops at its maximum concurrency, and at its part of the account's", () => {
    expect(concurrencyAt(600, { maximumConcurrency: 40 })).to.equal(40);
    expect(concurrencyAt(600, { accountConcurrency: 1000, consumers: 4 })).to.equal(250);
  });

  it("begins with ten batches for each provisioned poller, and has 1,000 more a minute later", () => {
    const pollers = { minimum: 10, maximum: 2000 };
    expect(concurrencyAt(1, { pollers })).to.equal(100);
    expect(concurrencyAt(61, { pollers })).to.equal(1100);
  });

  it("processes 20,000 batches at once at most with 2,000 provisioned pollers", () => {
    const pollers = { minimum: 200, maximum: 2000 };
    const load = { pollers, accountConcurrency: 100_000, milliseconds: 60_000 };
    expect(concurrencyAt(3600, load)).to.equal(20_000);
  });

  it("stays with five batches when they are enough", () => {
    expect(concurrencyAt(600, { perSecond: 50 })).to.equal(5);
    expect(simulate({ ...scenario, perSecond: 50 }, 600).at(-1)).to.include({
      backlog: 0,
      latency: 1,
    });
  });

  it("works off what has waited once it has scaled, and keeps what the rate needs", () => {
    const moments = simulate({ ...scenario, perSecond: 1000 }, 600);
    expect(moments[9]?.backlog).to.be.above(0);
    expect(moments.at(-1)).to.include({ backlog: 0, concurrency: 100, latency: 1 });
  });

  it("counts the time in which a batch is gathered", () => {
    const load = { ...scenario, perSecond: 50, windowSeconds: 1 };
    expect(simulate(load, 10).at(-1)?.latency).to.equal(2);
    expect(
      simulate({ ...load, perSecond: 500, milliseconds: 100 }, 10).at(-1)?.latency,
    ).to.be.closeTo(0.2, 1e-9);
  });

  it("loses no message", () => {
    const moments = simulate(scenario, 300);
    const handled = moments.reduce((sum, moment) => sum + moment.handled, 0);
    expect(handled + (moments.at(-1)?.backlog ?? 0)).to.equal(300 * scenario.perSecond);
  });

  it("receives no more than publishers may publish", () => {
    const accepted = simulate({ ...scenario, region: "eu-west-1" }, 1)[0];
    expect((accepted?.handled ?? 0) + (accepted?.backlog ?? 0)).to.equal(9000);
  });

  it("processes a batch at a time for each message group", () => {
    expect(concurrencyAt(600, { fifo: true, groups: 7 })).to.equal(7);
  });
});

describe("the quotas of a simulated fan-out", () => {
  it("are in the order in which a growing load reaches them", () => {
    const rates = quotasOf(scenario).map(({ perSecond }) => perSecond);
    expect(rates).to.deep.equal(rates.toSorted((a, b) => a - b));
  });

  it("name what ends a load first", () => {
    expect(firstQuota({})).to.equal("concurrent batches of an event source mapping");
    expect(firstQuota({ accountConcurrency: 1000 })).to.equal(
      "concurrent invocations of the account",
    );
    expect(firstQuota({ maximumConcurrency: 2 })).to.equal("`maxConcurrency` of the consumer");
    expect(firstQuota({ milliseconds: 10, region: "eu-west-1" })).to.equal(
      "publications of the account in eu-west-1",
    );
    expect(firstQuota({ fifo: true, groups: 1, milliseconds: 10 })).to.equal(
      "messages of the message groups",
    );
  });

  it("leave out the calls to a queue with high throughput", () => {
    const names = (highThroughput: boolean) =>
      quotasOf({ ...scenario, fifo: true, highThroughput }).map(({ name }) => name);
    expect(names(false)).to.include("calls to a FIFO queue");
    expect(names(true)).not.to.include("calls to a FIFO queue");
  });
});
