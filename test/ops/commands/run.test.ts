import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOps } from "../../harness/runs/ops.ts";

describe("ops run", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun(["event-sources"]);
  });
  after(() => test.close());

  it("calls the targets of a schedule now, and leaves the next call when it is due", async () => {
    const { events, schedules, trace } = test.run.cloud;
    const [schedule] = schedules.list();
    const due = schedules.nextCall(schedule?.arn ?? "");
    const { code, output } = await runOps(test, ["run", "event-sources-reminder", "--json"]);
    expect(code).to.equal(0);
    const { event } = JSON.parse(output);
    await test.settle();
    const kinds = trace.recent().flatMap((hop) => (hop.event === event ? [hop.kind] : []));
    expect(kinds).to.include.members(["published", "queued", "handled"]);
    expect(schedules.nextCall(schedule?.arn ?? "")).to.equal(due);
    expect(events.rules().map(({ arn }) => events.nextCall(arn))).to.deep.equal([
      undefined,
      undefined,
    ]);
  });

  it("names the schedules that there are", async () => {
    const { code, notes } = await runOps(test, ["run", "remind"]);
    expect(code).to.equal(2);
    expect(notes).to.include('there is no schedule "remind"; available: ');
  });
});
