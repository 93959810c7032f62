import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { type Clients, connect } from "../../demo/clients.ts";
import { type LocalRun, startLocalRun } from "../../local/localRun.ts";
import { type SystemOutputs, systemOutputs, textOutput } from "../../local/stackOutputs.ts";
import { untimed } from "../harness/cloud/handlerTimers.ts";
import { backlogOf } from "../harness/runs/leftovers.ts";
import { startTestRun } from "../harness/runs/localRun.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { bodiesIn, keysIn } from "../harness/runs/sinks.ts";

const name = "application-logs";

describe("application logs, end to end", () => {
  it("stay in two queues until an application polls them", async () => {
    const test = await startTestRun([name]);
    try {
      await publishTo(test, name, { message: { level: "error" } }, { message: "plain text" });
      await test.settle();
      expect(await backlogOf(test, name)).to.deep.equal({ monitoring: 2, archiving: 2 });
      const { monitoring } = test.system(name).consumers;
      const pulled = await bodiesIn(test, monitoring?.queueUrl);
      expect(pulled.sort()).to.deep.equal(["plain text", '{"level":"error"}']);
    } finally {
      await test.close();
    }
  });

  describe("and the archiver", () => {
    let run: LocalRun;
    let clients: Clients;
    beforeEach(async () => {
      // The archiver's long polls wait on the clock, which a test that waits for the archiver cannot
      // move. So it moves by itself, an hour a second, and slows down while handlers work.
      run = await startLocalRun({
        stack: "dev",
        port: 0,
        systems: [name],
        speed: 3_600,
        handlerTimer: untimed,
      });
      clients = connect(run);
    });
    afterEach(async () => {
      clients.close();
      await run.close();
    });

    const system = (of: string): SystemOutputs => systemOutputs(run.outputs, of);
    const archive = () => textOutput(system(name), "archive");

    async function archived(): Promise<unknown[]> {
      const keys = await keysIn({ clients }, archive());
      return (await Promise.all(keys.map(entriesIn))).flat();
    }

    async function entriesIn(Key: string): Promise<unknown[]> {
      const { Body } = await clients.s3.send(new GetObjectCommand({ Bucket: archive(), Key }));
      const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
      const lines = gunzipSync(bytes).toString("utf8").trimEnd().split("\n");
      return lines.map((line) => JSON.parse(line).entry);
    }

    /** Waits until the archiver has left nothing in its queue. */
    async function emptied(): Promise<void> {
      while ((await backlogOf({ clients, system }, name)).archiving !== 0) await archiverEnds();
    }

    function archiverEnds(): Promise<void> {
      return new Promise((resolve) => {
        const stop = run.cloud.functions.listen(() => {
          stop();
          resolve();
        });
      });
    }

    it("moves its queue to the archive every hour, each entry once", async () => {
      const entries = Array.from({ length: 25 }, (_, index) => ({ index }));
      const messages = entries.map((message) => ({ message }));
      await publishTo({ clients, system }, name, ...messages);
      await emptied();
      expect(await archived()).to.have.deep.members(entries);
      await publishTo({ clients, system }, name, { message: "late" });
      await emptied();
      expect(await archived()).to.have.deep.members([...entries, "late"]);
      expect(await backlogOf({ clients, system }, name)).to.include({ monitoring: 26 });
    });
  });
});
