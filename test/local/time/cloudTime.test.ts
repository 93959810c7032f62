import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { Cloud } from "../../../local/cloud.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";

const hour = 3_600_000;

describe("cloud time in a directory", () => {
  let directory: string;
  let cloud: Cloud | undefined;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "time-"));
  });
  afterEach(async () => {
    await cloud?.close();
    cloud = undefined;
    rmSync(directory, { recursive: true });
  });

  /** Ends what runs, and opens the same data again. @returns when the run before ended */
  async function open(start: (earliest: number) => number): Promise<Cloud> {
    await cloud?.close();
    cloud = new Cloud({
      region: "eu-west-1",
      endpoint: () => "http://127.0.0.1:1",
      dataDirectory: directory,
      clock: (_, earliest) => new ManualClock(undefined, start(earliest)),
    });
    return cloud;
  }

  it("goes on from where it had run ahead of the machine's, so that what was sent then can be received", async () => {
    const ahead = Date.now() + hour;
    const before = await open(() => ahead);
    const { arn } = before.queues.create("work");
    before.queues.send(arn, { body: "kept", senderId: "test", from: "test" });
    const after = await open((earliest) => earliest);
    expect(after.clock.now()).to.equal(ahead);
    expect(after.queues.receiveNow(arn, { maxMessages: 1 })).to.have.lengthOf(1);
  });

  it("follows the machine's where it did not run ahead", async () => {
    await open(() => Date.now() - hour);
    const starts: number[] = [];
    await open((earliest) => {
      starts.push(earliest);
      return Date.now();
    });
    expect(starts).to.deep.equal([0]);
  });
});
