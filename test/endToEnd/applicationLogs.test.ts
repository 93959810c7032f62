import { gunzipSync } from "node:zlib";
import { GetObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { backlogOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { bodiesIn, keysIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const name = "application-logs";

describe("application logs, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([name]);
  });
  afterEach(() => test.cloud.close());

  const archive = () => textOutput(test.system(name), "archive");

  async function archived(): Promise<unknown[]> {
    const keys = await keysIn(test, archive());
    return (await Promise.all(keys.map(entriesIn))).flat();
  }

  async function entriesIn(Key: string): Promise<unknown[]> {
    const { Body } = await test.clients.s3.send(new GetObjectCommand({ Bucket: archive(), Key }));
    const bytes = (await Body?.transformToByteArray()) ?? new Uint8Array();
    const lines = gunzipSync(bytes).toString("utf8").trimEnd().split("\n");
    return lines.map((line) => JSON.parse(line).entry);
  }

  it("stay in two queues until an application polls them", async () => {
    await publishTo(test, name, { message: { level: "error" } }, { message: "plain text" });
    await test.cloud.settled();
    expect(await backlogOf(test, name)).to.deep.equal({ monitoring: 2, archiving: 2 });
    const { monitoring } = test.system(name).consumers;
    const pulled = await bodiesIn(test, monitoring?.queueUrl);
    expect(pulled.sort()).to.deep.equal(["plain text", '{"level":"error"}']);
  });

  it("are moved from their queue to the archive every hour, each entry once", async () => {
    const entries = Array.from({ length: 25 }, (_, index) => ({ index }));
    await publishTo(test, name, ...entries.map((message) => ({ message })));
    await test.cloud.clock.advance({ hours: 1, minutes: 1 });
    expect(await archived()).to.have.deep.members(entries);
    await publishTo(test, name, { message: "late" });
    await test.cloud.clock.advance({ hours: 1, minutes: 1 });
    expect(await archived()).to.have.deep.members([...entries, "late"]);
    expect(await backlogOf(test, name)).to.deep.equal({ monitoring: 26, archiving: 0 });
  });
});
