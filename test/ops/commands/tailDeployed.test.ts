import { mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import {
  type FilteredLogEvent,
  FilterLogEventsCommand,
  type FilterLogEventsCommandInput,
  ResourceNotFoundException,
} from "@aws-sdk/client-cloudwatch-logs";
import { expect } from "chai";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";
import { runOpsAnywhere } from "../../harness/runs/ops.ts";

type Page = { readonly events: FilteredLogEvent[]; readonly nextToken?: string };

const start = Date.UTC(2026, 0, 1, 12);

const entry = (seconds: number, message: string): FilteredLogEvent => ({
  eventId: `${seconds}-${message}`,
  timestamp: start + seconds * 1000,
  message: `${message}\n`,
});

describe("ops tail on a deployed stack", () => {
  let test: TestRun;
  let directory: string;
  let calls: SdkCalls;
  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "tail-"));
    test = await startTestRun(["walkthrough"]);
  });
  after(async () => {
    await test.close();
    rmSync(directory, { recursive: true });
  });
  beforeEach(() => {
    calls = new SdkCalls();
  });
  afterEach(() => calls.stop());
  // The functions are those of the local run; their logs are the test's.
  useEnvironment(() => ({ AWS_ENDPOINT_URL: test.run.url }));

  /** Follows for so many polls, each after another time, and then presses Ctrl-C. */
  async function follow(
    argv: readonly string[],
    polls: number,
    answer: (input: FilterLogEventsCommandInput, poll: number) => Page,
  ) {
    let poll = 0;
    calls
      .on(FilterLogEventsCommand, (input) => answer(input, poll))
      .start({ othersGoThrough: true });
    const outputs = path.join(directory, "outputs.json");
    writeFileSync(outputs, JSON.stringify(test.run.outputs));
    const interrupted = new AbortController();
    return runOpsAnywhere(["tail", ...argv, "--outputs", outputs], {
      now: () => start,
      signal: interrupted.signal,
      pause: async () => {
        poll++;
        if (poll < polls) return;
        interrupted.abort();
        throw interrupted.signal.reason;
      },
    });
  }

  const isOf = (input: FilterLogEventsCommandInput, name: string) =>
    input.logGroupName === `/aws/lambda/walkthrough-${name}`;

  it("shows what all functions log, in order and each line once", async () => {
    const { code, output, notes } = await follow([], 2, (input, poll) => {
      const ofQueueA = poll === 0 ? [entry(1, "a")] : [entry(3, "a late"), entry(1, "a")];
      if (isOf(input, "QueueA")) return { events: ofQueueA };
      return { events: isOf(input, "direct") ? [entry(2, "direct")] : [] };
    });
    expect({ code, notes }).to.deep.equal({ code: 0, notes: "" });
    expect(output.split("\n")).to.deep.equal([
      "12:00:01.000Z  walkthrough/QueueA  a",
      "12:00:02.000Z  walkthrough/direct  direct",
      "12:00:03.000Z  walkthrough/QueueA  a late",
    ]);
  });

  it("includes lines that appear late, but none before the start", async () => {
    const argv = ["walkthrough/QueueA", "--since", "5m"];
    await follow(argv, 3, (_, poll) => ({
      events: poll === 0 ? [entry(-290, "a")] : [entry(0, "b")],
    }));
    const starts = calls
      .of(FilterLogEventsCommand)
      .map(({ startTime = 0 }) => (startTime - start) / 1000);
    expect(starts).to.deep.equal([-300, -300, -15]);
  });

  it("reads every page", async () => {
    const argv = ["walkthrough/QueueB", "--json"];
    const { output } = await follow(argv, 1, ({ nextToken }) =>
      nextToken === undefined
        ? { events: [entry(1, "first")], nextToken: "more" }
        : { events: [entry(2, "second")] },
    );
    expect(output.split("\n").map((line) => JSON.parse(line))).to.deep.equal([
      { consumer: "walkthrough/QueueB", time: start + 1000, message: "first" },
      { consumer: "walkthrough/QueueB", time: start + 2000, message: "second" },
    ]);
  });

  it("waits for the log group of a function that has never run", async () => {
    const { code, output } = await follow(["walkthrough/QueueB"], 2, (_, poll) => {
      if (poll > 0) return { events: [entry(1, "b")] };
      throw new ResourceNotFoundException({ message: "no such group", $metadata: {} });
    });
    expect({ code, output }).to.deep.equal({
      code: 0,
      output: "12:00:01.000Z  walkthrough/QueueB  b",
    });
  });

  it("fails with the error of AWS", async () => {
    const denied = Object.assign(new Error("not you"), { name: "AccessDeniedException" });
    const { code, notes } = await follow([], 1, () => {
      throw denied;
    });
    expect({ code, notes }).to.deep.equal({ code: 1, notes: "AccessDeniedException: not you" });
  });
});
