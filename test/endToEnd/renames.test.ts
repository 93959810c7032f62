import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import { FanoutTopic, UploadBucket } from "../../components/index.ts";
import { byOwner } from "../../local/services/s3/requester.ts";
import { startTestRun, type TestRun } from "../harness/runs/localRun.ts";

describe("a program in which a name changes", () => {
  let directory: string;
  let running: TestRun | undefined;

  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "renamed-"));
  });
  afterEach(async () => {
    await stop();
    rmSync(directory, { recursive: true });
  });

  /** Ends what runs, and updates its stack to what this program says. */
  async function update(program: () => void) {
    await stop();
    running = await startTestRun([], {
      dataDirectory: directory,
      program: async () => {
        program();
        return {};
      },
    });
    return running.run.cloud;
  }

  async function stop(): Promise<void> {
    const ending = running;
    running = undefined;
    await ending?.close();
  }

  type TestCloud = Awaited<ReturnType<typeof update>>;

  /** Uploads a file. @returns the names of the queues that receive its event, without Pulumi's suffixes */
  async function receivers({ buckets, queues, activity }: TestCloud, key: string) {
    const [bucket] = buckets.list();
    const object = { bucket: bucket?.name ?? "", key, bytes: Buffer.from("x"), headers: {} };
    buckets.objects.put(object, byOwner());
    await activity.idle();
    return queues
      .list()
      .filter(({ arn }) => queues.peek(arn, 10).some(({ body }) => body.includes(`"key":"${key}"`)))
      .map(({ name }) => name.replace(/-[0-9a-f]{7}/, ""));
  }

  const notified = (topic: string) => () => {
    const bucket = new UploadBucket("pictures");
    new FanoutTopic(topic, { sources: [{ bucket }], consumers: [{ name: "archive" }] });
  };

  it("keeps a bucket's notifications when the topic is renamed", async () => {
    expect(await receivers(await update(notified("media")), "1")).to.deep.equal(["media-archive"]);
    expect(await receivers(await update(notified("press")), "2")).to.deep.equal(["press-archive"]);
  });

  it("keeps a bucket's notifications when another topic gets them", async () => {
    const both = (notifiedTopic: string) => () => {
      const bucket = new UploadBucket("pictures");
      for (const topic of ["media", "press"]) {
        const sources = topic === notifiedTopic ? [{ bucket }] : [];
        new FanoutTopic(topic, { sources, consumers: [{ name: "archive" }] });
      }
    };
    expect(await receivers(await update(both("media")), "1")).to.deep.equal(["media-archive"]);
    expect(await receivers(await update(both("press")), "2")).to.deep.equal(["press-archive"]);
  });
});
