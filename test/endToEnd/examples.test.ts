import { PutObjectCommand } from "@aws-sdk/client-s3";
import { expect } from "chai";
import type { ExampleFile, ExampleMessage } from "../../local/systems/examples.ts";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { examples } from "../../systems/index.ts";
import { deadLettersOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

/** Time enough to be tried five times, whatever the queue. */
const hours = 2 * 3_600_000;

describe("the examples, end to end", () => {
  let test: RunningSystems;
  before(async () => {
    test = await startSystems(Object.keys(examples));
  });
  after(() => test.cloud.close());

  const deadLetters = async (system: string) =>
    Object.values(await deadLettersOf(test, system)).reduce((sum, count) => sum + count, 0);

  async function put(system: string, sample: ExampleFile): Promise<void> {
    const { key: Key, contentType: ContentType, body, metadata: Metadata } = sample;
    const Bucket = textOutput(test.system(system), "bucket");
    const Body = body();
    await test.clients.s3.send(
      new PutObjectCommand({ Bucket, Key, Body, ContentType, ...(Metadata && { Metadata }) }),
    );
  }

  for (const poison of [false, true]) {
    const kind = poison ? "poison" : "good";
    it(`of ${kind} messages and files ${poison ? "all leave" : "leave no"} dead letters`, async () => {
      const chosen = (example: ExampleMessage | ExampleFile) =>
        (example.poison ?? false) === poison;
      const expected: Record<string, boolean> = {};
      for (const [system, { messages = [], files = [] }] of Object.entries(examples)) {
        const someMessages = messages.filter(chosen);
        const someFiles = files.filter(chosen);
        await publishTo(test, system, ...someMessages);
        for (const file of someFiles) await put(system, file);
        expected[system] = poison && someMessages.length + someFiles.length > 0;
      }
      await test.cloud.clock.advance(hours);
      const found: Record<string, boolean> = {};
      for (const system of Object.keys(expected)) found[system] = (await deadLetters(system)) > 0;
      expect(found).to.deep.equal(expected);
    });
  }
});
