import { expect } from "chai";
import { AssetValue } from "../../../../local/pulumi/values/propertyValue.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../../harness/provider/awsProvider.ts";
import { prepare, roleArn } from "../../../harness/provider/resourceCases.ts";

const type = "aws:lambda/invocation:Invocation";

describe("an invocation as a resource", () => {
  let world: ProviderWorld;
  beforeEach(async () => {
    world = providerWorld();
    await prepare(world);
    const text = `export const handler = async ({ n }) => {
      if (n === undefined) throw new Error("n is missing");
      return { twice: 2 * n };
    };`;
    const assets = { "index.mjs": { kind: "textAsset", text } } as const;
    await world.create("aws:lambda/function:Function", "twice", {
      ...{ name: "twice", role: roleArn, handler: "index.handler", runtime: "nodejs24.x" },
      code: new AssetValue({ kind: "assetArchive", assets }),
    });
  });
  afterEach(() => world.cloud.close());

  it("has what the function returns as its result", async () => {
    const { outputs } = await world.create(type, "it", { functionName: "twice", input: '{"n":2}' });
    expect(outputs).to.include({ result: '{"twice":4}' });
  });

  it("fails with the function's error", async () => {
    const created = world.create(type, "it", { functionName: "twice", input: "{}" });
    expect((await failureOf(created)).message).to.equal(
      "the function twice returned an error: n is missing",
    );
  });
});
