import { once } from "node:events";
import { mkdtempSync, rmSync } from "node:fs";
import { createServer, type Server } from "node:net";
import { tmpdir } from "node:os";
import path from "node:path";
import * as aws from "@pulumi/aws";
import { expect } from "chai";
import { startTestRun, type TestRun } from "../../harness/runs/localRun.ts";

describe("a local run on the data of one that had another port", () => {
  let directory: string;
  let taken: Server;
  let second: TestRun;

  before(async () => {
    directory = mkdtempSync(path.join(tmpdir(), "moved-"));
    const first = await start();
    await first.close();
    taken = createServer().listen(Number(new URL(first.run.url).port), "127.0.0.1");
    await once(taken, "listening");
    second = await start();
  });
  after(async () => {
    taken.close();
    await second.close();
    rmSync(directory, { recursive: true });
  });

  const start = () => startTestRun([], { dataDirectory: directory, program });

  async function program() {
    const queue = new aws.sqs.Queue("mail", { name: "mail" });
    const policy = new aws.sqs.QueuePolicy("mail", {
      queueUrl: queue.url,
      policy: queue.arn.apply((Resource) =>
        JSON.stringify({
          Version: "2012-10-17",
          Statement: [
            {
              Effect: "Allow",
              Principal: { AWS: "000000000000" },
              Action: "sqs:SendMessage",
              Resource,
            },
          ],
        }),
      ),
    });
    return { id: queue.id, url: queue.url, queueUrl: policy.queueUrl };
  }

  it("has its own port in ids, outputs and inputs", () => {
    const url = `${second.run.url}/000000000000/mail`;
    expect(second.run.outputs).to.deep.equal({ id: url, url, queueUrl: url });
  });
});
