import { mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import path from "node:path";
import { expect } from "chai";
import type { Cloud } from "../../../local/cloud.ts";
import { AssetValue } from "../../../local/pulumi/values/propertyValue.ts";
import { newCloud, providerWorld } from "../../harness/provider/awsProvider.ts";
import { prepare, queueArn, resourceCases } from "../../harness/provider/resourceCases.ts";

describe("a cloud that opens again on its data", () => {
  let directory: string;
  let cloud: Cloud | undefined;
  beforeEach(() => {
    directory = mkdtempSync(path.join(tmpdir(), "restored-"));
  });
  afterEach(async () => {
    await close();
    rmSync(directory, { recursive: true });
  });

  async function close() {
    const closing = cloud;
    cloud = undefined;
    await closing?.close();
  }

  async function open() {
    await close();
    cloud = newCloud(directory);
    return providerWorld(cloud);
  }

  it("has every resource that was made, with its id, and nothing has drifted", async () => {
    const world = await open();
    await prepare(world);
    const made = [];
    for (const [type, { inputs }] of Object.entries(resourceCases)) {
      made.push(await world.create(type, "it", inputs));
    }
    const again = await open();
    await again.provider.restore();
    for (const each of made) {
      const now = await again.read(each);
      expect(now?.id, each.type).to.equal(each.id);
      expect(now?.inputs, each.type).to.deep.equal(each.inputs);
    }
  });

  it("runs functions whose files are gone since, and reads the queue for them", async () => {
    const world = await open();
    await prepare(world);
    await world.create("aws:lambda/eventSourceMapping:EventSourceMapping", "it", {
      eventSourceArn: queueArn,
      functionName: "work",
    });
    const again = await open();
    await again.provider.restore();
    const { cloud: opened } = again;
    expect(opened.mappings.list().map(({ queueArn: arn }) => arn)).to.deep.equal([queueArn]);
    expect(await opened.functions.invoke("work", "{}")).to.include({
      outcome: "succeeded",
      payload: "1",
    });
  });

  it("keeps the files of those functions only that it still has", async () => {
    const world = await open();
    await prepare(world);
    const [, { inputs } = { inputs: {} }] =
      Object.entries(resourceCases).find(([type]) => type === "aws:lambda/function:Function") ?? [];
    const text = "export const handler = async () => 2;";
    const other = new AssetValue({
      kind: "assetArchive",
      assets: { "index.mjs": { kind: "textAsset", text } },
    });
    const made = await world.create("aws:lambda/function:Function", "it", {
      ...inputs,
      code: other,
    });
    const kept = ({ cloud: { store } }: typeof world) =>
      store.prepare("SELECT hash FROM resource_assets").all().length;
    expect(kept(world)).to.equal(2);
    await world.provider.delete(made);
    const again = await open();
    await again.provider.restore();
    expect(kept(again)).to.equal(1);
  });
});
