import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import { childUrn } from "../../components/childUrn.ts";
import { runProgram } from "../harness/programs/program.ts";

class Component extends pulumi.ComponentResource {
  constructor(
    type: string,
    opts: pulumi.ComponentResourceOptions = {},
    construct: (self: Component) => void = () => {},
  ) {
    super(`test:index:${type}`, type.toLowerCase(), {}, opts);
    construct(this);
    this.registerOutputs();
  }
}

const outerUrn = "urn:pulumi:dev::fanout::test:index:Outer::outer";
const innerUrn = "urn:pulumi:dev::fanout::test:index:Outer$test:index:Inner::inner";
const childsUrn =
  "urn:pulumi:dev::fanout::test:index:Outer$test:index:Inner$test:index:Child::child";

describe("the URN of a child", () => {
  it("is known while its parents are constructed, and that which the engine gives it", async () => {
    const { outputs: known, registrations } = await runProgram(() => {
      const known: unknown[] = [];
      new Component("Outer", {}, (outer) => {
        known.push(childUrn("inner", "test:index:Inner", outer));
        new Component("Inner", { parent: outer }, (inner) => {
          known.push(childUrn("child", "test:index:Child", inner));
          new Component("Child", { parent: inner });
        });
      });
      return known;
    });
    expect(known).to.deep.equal([innerUrn, childsUrn]);
    expect(registrations.map(({ urn }) => urn)).to.include.members([innerUrn, childsUrn]);
  });

  it("is known below the stack", async () => {
    const { outputs } = await runProgram(() => {
      const stack = pulumi.runtime.getStackResource();
      return stack && childUrn("outer", "test:index:Outer", stack);
    });
    expect(outputs).to.equal(outerUrn);
  });

  it("is an Output below a component that has been constructed", () =>
    expectOutputBelow((inner) => inner));

  it("is an Output below a reference to a resource of another process", () =>
    expectOutputBelow((_inner, urn) => new pulumi.DependencyResource(urn)));

  it("is an Output below a component that is read by its URN, which has other parents here", () =>
    expectOutputBelow((_inner, urn) => new Component("Inner", { urn })));
});

async function expectOutputBelow(
  parentOf: (inner: Component, urn: string) => pulumi.Resource,
): Promise<void> {
  const { outputs } = await runProgram(async () => {
    const inner = new Component("Inner", { parent: new Component("Outer") });
    const parent = parentOf(inner, await resolved(inner.urn));
    const urn = childUrn("child", "test:index:Child", parent);
    return { isOutput: pulumi.Output.isInstance(urn), value: await resolved(pulumi.output(urn)) };
  });
  expect(outputs).to.deep.equal({ isOutput: true, value: childsUrn });
}

function resolved(output: pulumi.Output<string>): Promise<string> {
  return new Promise((resolve) => output.apply(resolve));
}
