import { expect } from "chai";
import { costOptions } from "../../../local/cli/costOptions.ts";

describe("the options of fanout cost", () => {
  it("default to ten million messages of 4 KB, and invocations of 100 ms", () => {
    const { load, region, stack } = costOptions([]);
    expect(load).to.deep.equal({
      events: 10_000_000,
      bytes: 4096,
      publishBatch: 1,
      milliseconds: 100,
      batch: undefined,
      matches: {},
      logBytes: 500,
    });
    expect([region, stack]).to.deep.equal([undefined, undefined]);
  });

  it("have units", () => {
    const argv = ["--events", "1.5G", "--size", "800B", "--duration", "2s", "--logs", "1kb"];
    const { load } = costOptions(argv);
    expect(load).to.include({
      events: 1_500_000_000,
      bytes: 800,
      milliseconds: 2000,
      logBytes: 1024,
    });
  });

  it("name the part of the messages that a filter accepts", () => {
    const { load } = costOptions(["--match", "orders-billing=0.2", "--match", "orders-mail=0"]);
    expect(load.matches).to.deep.equal({ "orders-billing": 0.2, "orders-mail": 0 });
  });

  it("reject other values, and say what is expected", () => {
    const messageOf = (...argv: string[]) => {
      try {
        costOptions(argv);
        return "accepted";
      } catch (error) {
        return error instanceof Error ? error.message : String(error);
      }
    };
    expect(messageOf("--events", "many")).to.equal(
      '--events must be a number such as 250000, 100K or 10M (given "many")',
    );
    expect(messageOf("--size", "4")).to.equal("accepted");
    expect(messageOf("--size", "2MB")).to.contain("--size must be a size from 1B to 1MB");
    expect(messageOf("--size", "4 KB")).to.contain("a size such as 800B, 4KB or 1MB");
    expect(messageOf("--duration", "100")).to.contain("a time such as 100ms or 2s");
    expect(messageOf("--match", "billing=2")).to.contain("NAME=PART with a part from 0 to 1");
    expect(messageOf("--batch", "0")).to.contain("--batch must be a whole number from 1 to 10000");
  });
});
