import { expect } from "chai";
import { simulateOptions } from "../../../local/cli/simulateOptions.ts";

function messageOf(...argv: string[]): string {
  try {
    simulateOptions(argv);
    return "accepted";
  } catch (error) {
    return error instanceof Error ? error.message : String(error);
  }
}

describe("the options of fanout simulate", () => {
  it("default to a thousand messages a second for three consumers", () => {
    const { scenario, seconds, svg } = simulateOptions([]);
    expect(scenario).to.include({ perSecond: 1000, consumers: 3, batchSize: 10, windowSeconds: 0 });
    expect([seconds, svg]).to.deep.equal([600, undefined]);
  });

  it("take a window of a second for large batches, which Lambda demands", () => {
    expect(simulateOptions(["--batch", "100"]).scenario.windowSeconds).to.equal(1);
    expect(messageOf("--batch", "100", "--window", "0")).to.contain("from 1 to 300");
  });

  it("reject what nothing can be divided by, and messages that SNS rejects", () => {
    expect(messageOf("--rate", "0")).to.equal('--rate must be more than 0 (given "0")');
    expect(messageOf("--duration", "0ms")).to.equal('--duration must be more than 0 (given "0ms")');
    expect(messageOf("--publishes", "0K")).to.equal('--publishes must be more than 0 (given "0K")');
    expect(messageOf("--size", "0B")).to.contain("--size must be a size from 1B to 1MB");
    expect(messageOf("--size", "2MB")).to.contain("--size must be a size from 1B to 1MB");
    expect(messageOf("--size", "1MB")).to.equal("accepted");
  });

  it("reject what is no region", () => {
    expect(messageOf("--region", "eu-west1")).to.contain(
      '--region must be a region such as eu-west-1 (given "eu-west1")',
    );
    expect(messageOf("--region", "eu-west-9")).to.equal("accepted");
  });

  it("reject what Lambda rejects for FIFO queues", () => {
    expect(messageOf("--fifo", "--batch", "11")).to.contain(
      "--batch must be a whole number from 1 to 10",
    );
    expect(messageOf("--fifo", "--window", "1")).to.contain(
      "--window must be a whole number from 0 to 0",
    );
  });

  it("take provisioned pollers or a maximum concurrency, not both", () => {
    const { scenario } = simulateOptions(["--pollers", "5:100"]);
    expect(scenario.pollers).to.deep.equal({ minimum: 5, maximum: 100 });
    expect(messageOf("--pollers", "5:100", "--max-concurrency", "10")).to.contain(
      "exclude each other",
    );
    expect(messageOf("--pollers", "100:5")).to.contain("the smaller number first");
  });
});
