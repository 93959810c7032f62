import { readFile, writeFile } from "node:fs/promises";
import { expect } from "chai";
import * as v from "valibot";
import { Checkout } from "../harness/pulumi/checkout.ts";
import { pulumiVersion } from "../harness/pulumi/cli.ts";
import type { Operated } from "../harness/pulumi/operated.ts";

/** No limit of the machine's: what hangs is ended. */
const generousMilliseconds = 900_000;

describe("the program under the real engine", function () {
  this.timeout(generousMilliseconds);

  before(() => {
    if (pulumiVersion() !== undefined) return;
    throw new Error("npm run test:pulumi needs the Pulumi CLI, `pulumi`, on PATH");
  });

  it("changes nothing when it is deployed a second time, and leaves nothing when it is destroyed", async () => {
    await using checkout = await Checkout.create();
    const first = await checkout.operate("up");
    expect(urns(first, "create")).not.to.be.empty;
    expect(changes(await checkout.operate("preview"))).to.deep.equal([]);
    expect(changes(await checkout.operate("up"))).to.deep.equal([]);
    expect(changes(await checkout.operate("refresh"))).to.deep.equal([]);
    const destroyed = await checkout.operate("destroy");
    expect(urns(destroyed, "delete")).to.deep.equal(urns(first, "create"));
    expect(await checkout.resources()).to.deep.equal([]);
  });

  it("previews what it then creates", async () => {
    await using checkout = await Checkout.create();
    const previewed = await checkout.operate("preview");
    expect(changes(await checkout.operate("up"))).to.deep.equal(changes(previewed));
  });

  it("updates one function when its handler changes", async () => {
    await using checkout = await Checkout.create();
    await checkout.operate("up");
    const entry = "handlers/uploads/catalog.ts";
    await checkout.append(entry, 'console.log("changed by a test");\n');
    expect(changes(await checkout.operate("up"))).to.deep.equal([
      { op: "update", type: "aws:lambda/function:Function", name: "uploads-catalog" },
    ]);
  });

  it("changes nothing when the checkout has moved", async () => {
    await using checkout = await Checkout.create();
    await checkout.operate("up");
    await checkout.move();
    expect(changes(await checkout.operate("up"))).to.deep.equal([]);
  });

  it("replaces a renamed consumer's nine resources and touches no other", async () => {
    await using checkout = await Checkout.create();
    const { steps } = await checkout.operate("up");
    await checkout.edit("systems/uploads/system.ts", 'name: "catalog"', 'name: "index"');
    const renamed = await checkout.operate("up");
    const before = steps.map(({ urn }) => urn).filter((urn) => /uploads-catalog(-dlq)?$/.test(urn));
    expect(before).to.have.lengthOf(9);
    expect(urns(renamed, "delete")).to.deep.equal(before.sort());
    expect(urns(renamed, "create")).to.deep.equal(
      before.map((urn) => urn.replace("uploads-catalog", "uploads-index")).sort(),
    );
    // The component's own inputs name its consumers; nothing on AWS changes with them.
    const own = changes(renamed).filter(({ op }) => op !== "create" && op !== "delete");
    expect(own).to.deep.equal([
      { op: "update", type: "fanout:index:FanoutTopic", name: "uploads" },
    ]);
  });

  it("keeps the functions of a stack in which each is in a component of its own", async () => {
    await using checkout = await Checkout.create();
    await checkout.operate("up");
    const state = await readFile(checkout.statePath(), "utf8");
    await writeFile(checkout.statePath(), withFunctionComponents(state));
    const updated = changes(await checkout.operate("up"));
    expect(new Set(updated.map(({ op, type }) => `${op} ${type}`))).to.deep.equal(
      new Set(["delete fanout:index:HandlerFunction"]),
    );
    expect(changes(await checkout.operate("up"))).to.deep.equal([]);
  });
});

const consumerType = "fanout:index:QueueConsumer";
const functionParts = [
  "aws:lambda/function:Function",
  "aws:iam/role:Role",
  "aws:iam/rolePolicy:RolePolicy",
  "aws:cloudwatch/logGroup:LogGroup",
];

/** The state as the components left it when the function of a consumer was in a component. */
function withFunctionComponents(text: string): string {
  const moved = functionParts.reduce(
    (state, type) =>
      state.replaceAll(
        `${consumerType}$${type}::`,
        `${consumerType}$fanout:index:HandlerFunction$${type}::`,
      ),
    text,
  );
  const state = v.parse(stateFile, JSON.parse(moved));
  const { latest } = state.checkpoint;
  latest.resources = latest.resources.flatMap((resource) => {
    if (!resource.urn.includes(`${consumerType}$fanout:index:HandlerFunction$`)) return [resource];
    const [stack, project, types = "", name] = resource.urn.split("::");
    const parentTypes = types.slice(0, types.lastIndexOf("$"));
    const urn = [stack, project, parentTypes, name].join("::");
    const component = { urn, type: "fanout:index:HandlerFunction", parent: resource.parent };
    const child = { ...resource, parent: urn };
    return resource.type === "aws:cloudwatch/logGroup:LogGroup" ? [component, child] : [child];
  });
  return JSON.stringify(state);
}

const stateFile = v.looseObject({
  checkpoint: v.looseObject({
    latest: v.looseObject({
      resources: v.array(
        v.looseObject({ urn: v.string(), type: v.string(), parent: v.optional(v.string()) }),
      ),
    }),
  }),
});

type Change = { readonly op: string; readonly type: string; readonly name: string };

/** What was done to resources that did not stay the same, in an order that does not depend on time. */
function changes({ steps }: Operated): Change[] {
  return steps
    .filter(({ op }) => op !== "same")
    .map(({ op, urn }) => {
      const [, , types = "", name = ""] = urn.split("::");
      return { op, type: types.split("$").at(-1) ?? "", name };
    })
    .sort((a, b) => JSON.stringify(a).localeCompare(JSON.stringify(b)));
}

function urns({ steps }: Operated, wanted: string): string[] {
  return steps
    .filter(({ op }) => op === wanted)
    .map(({ urn }) => urn)
    .sort();
}
