import { expect } from "chai";
import { allResourceTypes } from "../../../local/provider/resourceTypes.ts";
import { unknown } from "../../../local/pulumi/values/propertyValue.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import { prepare, resourceCases } from "../../harness/provider/resourceCases.ts";

describe("a resource of each type, as an engine deploys it", () => {
  let world: ProviderWorld;
  beforeEach(async () => {
    world = providerWorld();
    await prepare(world);
  });
  afterEach(() => world.cloud.close());

  it("has a case for every type of the local cloud", () => {
    expect(Object.keys(resourceCases).sort()).to.deep.equal(
      allResourceTypes.map(({ tokens: [own] }) => own).sort(),
    );
  });

  for (const [type, { inputs, change, replaces = [], hasDefault }] of Object.entries(
    resourceCases,
  )) {
    describe(type, () => {
      it("is created, unchanged when it is deployed again, and without drift", async () => {
        const made = await world.create(type, "it", inputs);
        expect(made.id).not.to.equal("");
        expect(await world.diff(made, inputs)).to.deep.include({
          changes: false,
          replaces: [],
          detailed: {},
        });
        const now = await world.read(made);
        expect(now?.id).to.equal(made.id);
        expect(now?.inputs).to.deep.equal(made.inputs);
        expect(now?.outputs).to.deep.equal(made.outputs);
      });

      it(replaces.length > 0 ? "is replaced by a change" : "is changed in place", async () => {
        const made = await world.create(type, "it", inputs);
        const diff = await world.diff(made, change);
        expect(diff.changes).to.equal(true);
        expect(diff.replaces).to.deep.equal(replaces);
        if (replaces.length > 0) return;
        const updated = await world.update(made, change);
        expect(await world.diff(updated, change)).to.deep.include({ changes: false });
        const now = await world.read(updated);
        expect(now?.inputs).to.deep.equal(updated.inputs);
      });

      it("shows in a preview what is known, and says of the rest that it is not", async () => {
        const { inputs: checked } = await world.check(type, "it", inputs);
        const request = { type, name: "it", urn: "urn", inputs: checked, preview: true };
        const { id, outputs } = await world.provider.create(request);
        expect(id).to.equal("");
        const made = await world.create(type, "it", inputs);
        for (const [name, value] of Object.entries(outputs)) {
          if (value === unknown || typeof value === "object") continue;
          expect(made.outputs[name], name).to.equal(value);
        }
      });

      it(`${hasDefault ? "can be" : "is gone when it was"} deleted`, async () => {
        const made = await world.create(type, "it", inputs);
        await world.provider.delete(made);
        if (hasDefault) return;
        expect(await world.read(made)).to.equal(undefined);
      });
    });
  }
});
