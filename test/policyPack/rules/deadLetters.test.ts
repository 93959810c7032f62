import { expect } from "chai";
import * as types from "../../../policyPack/types.ts";
import { broken, resource } from "../../harness/policyPack/judgedResource.ts";

describe("the policies on dead letters", () => {
  it("requires dead letters for a queue that a function polls, and for no other", () => {
    const queue = resource(types.queue, {});
    const worker = resource(types.mapping, {}, [queue]);
    expect(broken([queue])).to.deep.equal([]);
    expect(broken([queue, worker])).to.deep.equal(["worked-queues-have-dead-letters"]);

    const deadLetters = resource(types.queue, { messageRetentionSeconds: 1_209_600 });
    const safe = resource(types.queue, {}, [deadLetters]);
    expect(broken([safe, deadLetters, resource(types.mapping, {}, [safe])])).to.deep.equal([]);
    const named = resource(types.queue, { redrivePolicy: "{}" });
    expect(broken([named, resource(types.mapping, {}, [named])])).to.deep.equal([]);
  });

  for (const [seconds, keeps] of [
    [345_600, undefined],
    [86_400, 86_400],
    [undefined, undefined],
  ] as const) {
    it(`requires more than ${seconds} s for dead letters of a queue that keeps ${keeps} s`, () => {
      const deadLetters = resource(types.queue, { messageRetentionSeconds: seconds });
      const queue = resource(types.queue, { messageRetentionSeconds: keeps }, [deadLetters]);
      expect(broken([deadLetters, queue])).to.deep.equal(["dead-letters-are-kept-longer"]);
    });
  }

  it("accepts dead letters that are kept a second longer, or for the maximum of SQS", () => {
    for (const [keeps, seconds] of [
      [undefined, 345_601],
      [1_209_600, 1_209_600],
    ]) {
      const deadLetters = resource(types.queue, { messageRetentionSeconds: seconds });
      const queue = resource(types.queue, { messageRetentionSeconds: keeps }, [deadLetters]);
      expect(broken([deadLetters, queue])).to.deep.equal([]);
    }
  });
});
