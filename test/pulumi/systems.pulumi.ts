import { expect } from "chai";
import { systemNames } from "../../systems/index.ts";
import { Checkout } from "../harness/pulumi/checkout.ts";
import { linesOfState } from "../harness/pulumi/engines/bothEngines.ts";
import { deployEmbedded } from "../harness/pulumi/engines/deployEmbedded.ts";
import type { StateEntry } from "../harness/pulumi/engines/engine.ts";
import { withoutGenerated } from "../harness/pulumi/engines/generated.ts";
import { readState } from "../harness/pulumi/engines/realState.ts";
import { serveLocalCloud } from "../harness/pulumi/localCloud.ts";

/** No limit of the machine's: what hangs is ended. */
const generousMilliseconds = 900_000;

describe("all systems of this repository under both engines", function () {
  this.timeout(generousMilliseconds);

  it("are the same resources, with the same inputs and outputs", async () => {
    const config = { "fanout:systems": systemNames };
    await using served = await serveLocalCloud("eu-west-1");
    const variables: NodeJS.ProcessEnv = {};
    await using checkout = await Checkout.create(variables);
    Object.assign(variables, await served.variables(checkout.path(".")));
    await checkout.configure("dev", config);
    await checkout.operate("up");
    const real = await readState(checkout.statePath());
    const embedded = await deployEmbedded(process.cwd(), "dev", config);
    expect(real).not.to.be.empty;
    expect(differences(lines(real), lines(embedded)).join("\n")).to.equal("");
  });
});

function lines(state: readonly StateEntry[]): string[] {
  return linesOfState(state).map(withoutGenerated);
}

/** What only one of them has. */
function differences(real: readonly string[], embedded: readonly string[]): string[] {
  return [
    ...real.filter((line) => !embedded.includes(line)).map((line) => `real: ${line}`),
    ...embedded.filter((line) => !real.includes(line)).map((line) => `embedded: ${line}`),
  ];
}
