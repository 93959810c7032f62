import * as pulumi from "@pulumi/pulumi";
import { expect } from "chai";
import * as fc from "fast-check";
import { FanoutTopic } from "../../components/index.ts";
import { hangMilliseconds } from "../harness/assertions/hang.ts";
import { brokenLimits } from "../harness/programs/awsLimits.ts";
import { type ProgramRun, runProgram } from "../harness/programs/program.ts";
import { argsOf, garbage, nearlyRight, type Spec } from "../harness/programs/specs.ts";

/** Ends a search that hangs before mocha's timeout does, and reports its spec. In milliseconds. */
const timeLimit = { interruptAfterTimeLimit: hangMilliseconds, markInterruptAsFailure: true };

/** The resources of a spec, or the one error that a wrong spec ends in; anything else fails. */
async function outcomeOf(spec: Spec): Promise<ProgramRun<unknown> | pulumi.RunError> {
  try {
    return await runProgram(() => new FanoutTopic(spec.name, argsOf(spec)));
  } catch (error) {
    if (pulumi.RunError.isInstance(error)) return error;
    throw error;
  }
}

function isRun(outcome: ProgramRun<unknown> | pulumi.RunError): outcome is ProgramRun<unknown> {
  return "registrations" in outcome;
}

describe("any spec", () => {
  it("that passes the rules is within AWS's limits, with one owner for each document", async () => {
    const outcomes = { deployed: 0, refused: 0 };
    await fc.assert(
      fc.asyncProperty(nearlyRight, async (spec) => {
        const outcome = await outcomeOf(spec);
        if (isRun(outcome)) {
          outcomes.deployed += 1;
          expect(brokenLimits(outcome.registrations)).to.deep.equal([]);
        } else {
          outcomes.refused += 1;
          expect(outcome.message).to.match(/^FanoutTopic ".*": \d+ problems?\n {2}- /);
        }
      }),
      { numRuns: 150, ...timeLimit },
    );
    // Specs that are all refused, or all deployed, would prove little.
    expect(outcomes.deployed).to.be.greaterThan(10);
    expect(outcomes.refused).to.be.greaterThan(10);
  });

  it("that is garbage ends in resources or in the one error, never in another", async () => {
    await fc.assert(
      fc.asyncProperty(garbage, async (spec) => {
        await outcomeOf(spec);
      }),
      { numRuns: 300, ...timeLimit },
    );
  });
});
