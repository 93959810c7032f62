import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { deadLettersOf } from "../harness/runs/leftovers.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "batch-jobs";

const statistics = (jobId: string, numbers: number[]) => ({
  message: { jobId, numbers },
  attributes: { job: "statistics" },
});

describe("batch jobs, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  const results = () => itemsIn(test, textOutput(test.system(system), "resultsTable"));
  const invocations = () =>
    new Set(test.cloud.hops().flatMap((hop) => (hop.kind === "invoked" ? [hop.requestId] : [])))
      .size;

  it("are delayed by half a minute, and batched with those in the window after", async () => {
    const jobs = Array.from({ length: 40 }, (_, index) => statistics(`j-${index}`, [index]));
    await publishTo(test, system, ...jobs);
    await test.cloud.clock.advance(29_000);
    expect(invocations()).to.equal(0);
    await test.cloud.clock.advance(22_000);
    expect(await results()).to.have.lengthOf(40);
    expect(invocations()).to.be.lessThan(10);
  });

  it("have one result each, however often they are delivered", async () => {
    const words = {
      message: { jobId: "j-1", text: "to be or not to be" },
      attributes: { job: "word-count" },
    };
    await publishTo(test, system, words, words, statistics("j-2", [1, 2, 4]));
    await test.cloud.clock.advance(60_000);
    expect((await results()).map(({ jobId, result }) => [jobId, result])).to.have.deep.members([
      ["j-1", { words: 6, different: 4, characters: 18 }],
      ["j-2", { count: 3, minimum: 1, maximum: 4, mean: 7 / 3, median: 2 }],
    ]);
  });

  it("that fail are retried alone", async () => {
    await publishTo(test, system, statistics("j-1", [1]), statistics("j-2", []));
    await test.cloud.clock.advance(24 * 3_600_000);
    expect((await results()).map(({ jobId }) => jobId)).to.deep.equal(["j-1"]);
    expect(await deadLettersOf(test, system)).to.deep.equal({ statistics: 1, "word-count": 0 });
  });
});
