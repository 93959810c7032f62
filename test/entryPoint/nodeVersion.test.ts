import { expect } from "chai";
import { runEntryPoint } from "../harness/engine/entryPoint.ts";
import { startPolicyPack } from "../harness/policyPack/policyPack.ts";

/** Makes this Node one that does not run TypeScript, as those before 22.18 are. */
const withoutTypeScript = "--no-strip-types";

const oneLine =
  /^This program needs a Node that runs TypeScript, 22\.18 or later, but the first on PATH is \S+ \(.+\): install a later one, .+\n$/;

describe("a Node that does not run TypeScript", () => {
  it("ends the program with one line that names its version, before any resource", async () => {
    const run = await runEntryPoint({ nodeArguments: [withoutTypeScript] });
    expect(run.stderr).to.match(oneLine);
    expect(run.stderr).to.include(` ${process.versions.node} (${process.execPath})`);
    expect(run.stdout).to.equal("");
    // The SDK's "the program has said what is wrong": the engine adds nothing.
    expect(run.log).to.deep.equal([]);
    expect(run.registrations).to.deep.equal([]);
    expect(run.succeeded).to.equal(false);
  });

  it("ends the policy pack with the same line", async () => {
    const failure = await startPolicyPack([withoutTypeScript]).catch((error) => error);
    expect(failure.message).to.match(oneLine);
  });
});
