import { expect } from "chai";
import { textOutput } from "../../local/systems/stackOutputs.ts";
import { publishTo } from "../harness/runs/publishing.ts";
import { itemsIn } from "../harness/runs/sinks.ts";
import { type RunningSystems, startSystems } from "../harness/runs/systems.ts";

const system = "user-interactions";

const interaction = (type: string, interactionId: string, userId: string) => ({
  message: { interactionId, postId: "post", userId },
  attributes: { type },
});

describe("user interactions, end to end", () => {
  let test: RunningSystems;
  beforeEach(async () => {
    test = await startSystems([system]);
  });
  afterEach(() => test.cloud.close());

  const counts = () => itemsIn(test, textOutput(test.system(system), "interactionsTable"));

  it("go to one consumer each, and are counted in one item for each post", async () => {
    await publishTo(
      test,
      system,
      interaction("like", "i-1", "ada"),
      interaction("like", "i-2", "grace"),
      interaction("share", "i-3", "ada"),
      interaction("comment", "i-4", "ada"),
      interaction("comment", "i-5", "ada"),
      interaction("report", "i-6", "ada"),
    );
    await test.cloud.settled();
    expect(await counts()).to.deep.equal([{ postId: "post", likes: 2, shares: 1, comments: 2 }]);
    const worked = test.cloud.hops().filter(({ kind }) => kind === "handled");
    expect(worked).to.have.lengthOf(5);
  });

  it("count once under redelivery; a like counts once for each user", async () => {
    const comment = interaction("comment", "i-1", "ada");
    await publishTo(test, system, comment, comment, interaction("like", "i-2", "ada"));
    await test.cloud.settled();
    await publishTo(test, system, comment, interaction("like", "i-3", "ada"));
    await test.cloud.settled();
    expect(await counts()).to.deep.equal([{ postId: "post", likes: 1, comments: 1 }]);
  });

  it("are counted exactly, for hundreds of them", async () => {
    const hundred = Array.from({ length: 100 }, (_, index) =>
      interaction("share", `i-${index}`, "ada"),
    );
    await publishTo(test, system, ...hundred, ...hundred);
    await test.cloud.settled();
    expect(await counts()).to.deep.equal([{ postId: "post", shares: 100 }]);
  });
});
