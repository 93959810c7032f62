import { expect } from "chai";
import { AssetValue } from "../../../local/pulumi/values/propertyValue.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { providerWorld } from "../../harness/provider/awsProvider.ts";
import { prepare, roleArn } from "../../harness/provider/resourceCases.ts";

describe("layers of functions", () => {
  const world = providerWorld();
  before(() => prepare(world));
  after(() => world.cloud.close());

  const archive = (path: string, text: string) =>
    new AssetValue({ kind: "assetArchive", assets: { [path]: { kind: "textAsset", text } } });
  const word = (text: string) =>
    archive("nodejs/node_modules/words/index.js", `exports.word = "${text}";`);
  const publish = (name: string, text: string) =>
    world.create("aws:lambda/layerVersion:LayerVersion", name, {
      layerName: "words",
      code: word(text),
    });
  const functionWith = (layers: string[]) => ({
    name: "reader",
    role: roleArn,
    runtime: "nodejs24.x",
    handler: "index.handler",
    code: archive("index.cjs", 'exports.handler = async () => require("words").word;'),
    layers,
  });
  const arn = "arn:aws:lambda:eu-west-1:000000000000:layer:words";

  it("have a version each, which counts up and is not used again", async () => {
    const first = await publish("a", "one");
    const second = await publish("b", "two");
    await world.provider.delete(second);
    const third = await publish("c", "three");
    expect([first.id, second.id, third.id]).to.deep.equal([`${arn}:1`, `${arn}:2`, `${arn}:3`]);
    expect(third.outputs).to.include({ arn: `${arn}:3`, layerArn: arn, version: "3" });
  });

  it("are replaced in a function by an update", async () => {
    const made = await world.create(
      "aws:lambda/function:Function",
      "reader",
      functionWith([`${arn}:1`]),
    );
    expect(made.outputs.layers).to.deep.equal([`${arn}:1`]);
    expect(await world.cloud.functions.invoke("reader", "{}")).to.include({ payload: '"one"' });
    await world.update(made, functionWith([`${arn}:3`]));
    expect(await world.cloud.functions.invoke("reader", "{}")).to.include({ payload: '"three"' });
  });

  it("are rejected by name if they are not in the local cloud", async () => {
    const missing = "arn:aws:lambda:eu-west-1:000000000000:layer:tools:7";
    const error = await failureOf(
      world.create("aws:lambda/function:Function", "other", {
        ...functionWith([missing]),
        name: "other",
      }),
    );
    expect(error.message).to.include(`Layer version ${missing} does not exist.`);
  });

  it("are listed, and not there, if they are of another account", async () => {
    const foreign = "arn:aws:lambda:eu-west-1:017000801446:layer:Powertools:1";
    const made = await world.create("aws:lambda/function:Function", "other", {
      ...functionWith([foreign]),
      name: "other",
    });
    expect(made.outputs.layers).to.deep.equal([foreign]);
    expect(world.cloud.listed()).to.deep.include({
      type: "aws:lambda/function:Function",
      name: "other",
      input: "layers",
      reason: "what a function imports from layers of other accounts is missing here",
    });
  });
});
