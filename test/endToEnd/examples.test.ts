import { PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import { textOutput } from "../../demo/outputs.ts";
import type { Publication, SampleFile } from "../../systems/example.ts";
import { files, publications } from "../../systems/examples.ts";
import { deadLettersOf } from "../harness/leftovers.ts";
import { startTestRun, type TestRun } from "../harness/localRun.ts";
import { publishTo } from "../harness/publishing.ts";

/** Time enough to be tried five times, whatever the queue. */
const hours = 2 * 3_600_000;

/** Its archiver waits on the clock, which stands still meanwhile; nothing there fails on a message. */
const { "application-logs": _pulled, ...messages } = publications;

describe("the examples, end to end", () => {
  let test: TestRun;
  before(async () => {
    test = await startTestRun([...Object.keys(messages), ...Object.keys(files)]);
  });
  after(() => test.close());

  const deadLetters = async (system: string) =>
    Object.values(await deadLettersOf(test, system)).reduce((sum, count) => sum + count, 0);

  async function put(system: string, sample: SampleFile): Promise<void> {
    const { key: Key, contentType: ContentType, body: Body, metadata: Metadata } = sample;
    const Bucket = textOutput(test.system(system), "bucket");
    await test.clients.s3.send(
      new PutObjectCommand({ Bucket, Key, Body, ContentType, ...(Metadata && { Metadata }) }),
    );
  }

  for (const poison of [false, true]) {
    const kind = poison ? "poison" : "good";
    it(`of ${kind} messages and files ${poison ? "all leave" : "leave no"} dead letters`, async () => {
      const chosen = (example: Publication | SampleFile) => (example.poison ?? false) === poison;
      const expected: Record<string, boolean> = {};
      for (const [system, examples] of Object.entries(messages)) {
        const some = examples.filter(chosen);
        await publishTo(test, system, ...some);
        expected[system] = poison && some.length > 0;
      }
      for (const [system, samples] of Object.entries(files)) {
        const some = samples.filter(chosen);
        for (const sample of some) await put(system, sample);
        expected[system] = poison && some.length > 0;
      }
      await test.clock.advance(hours);
      const found: Record<string, boolean> = {};
      for (const system of Object.keys(expected)) found[system] = (await deadLetters(system)) > 0;
      expect(found).to.deep.equal(expected);
    }).timeout(60_000);
  }
});
