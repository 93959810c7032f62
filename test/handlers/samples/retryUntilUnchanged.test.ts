import { expect } from "chai";
import { retryUntilUnchanged } from "../../../handlers/samples/retryUntilUnchanged.ts";
import type { StoredObject } from "../../../handlers/samples/storedObject.ts";
import { failureOf } from "../../harness/assertions/failure.ts";

const version = (etag: string): StoredObject => ({
  etag,
  size: 1,
  contentType: "text/plain",
  lastModified: new Date(0),
  metadata: {},
});

/** Looks that find one state after another, and acts that say what they were done on. */
function history(...states: (string | undefined)[]) {
  const acts: (string | undefined)[] = [];
  return {
    acts,
    settle: () =>
      retryUntilUnchanged(
        async () => {
          const state = states.shift();
          return state === undefined ? undefined : version(state);
        },
        async (object) => {
          acts.push(object?.etag);
          return { outcome: object?.etag ?? "gone" };
        },
      ),
  };
}

describe("retryUntilUnchanged", () => {
  it("acts once on an object that stays as it is", async () => {
    const { settle, acts } = history("a", "a");
    expect(await settle()).to.deep.equal({ outcome: "a" });
    expect(acts).to.deep.equal(["a"]);
  });

  it("acts once on an object that is not there, and stays away", async () => {
    const { settle, acts } = history(undefined, undefined);
    expect(await settle()).to.deep.equal({ outcome: "gone" });
    expect(acts).to.deep.equal([undefined]);
  });

  for (const [what, states] of [
    ["written again", ["a", "b", "b"]],
    ["removed", ["a", undefined, undefined]],
    ["written", [undefined, "a", "a"]],
    ["written twice", ["a", "b", "c", "c"]],
  ] as const) {
    it(`acts again when the object is ${what} meanwhile`, async () => {
      const { settle, acts } = history(...states);
      expect(await settle()).to.deep.equal({ outcome: states.at(-1) ?? "gone" });
      expect(acts).to.deep.equal(states.slice(0, -1));
    });
  }

  it("gives up on an object that never stays", async () => {
    const { settle, acts } = history("a", "b", "c", "d", "e");
    expect(await failureOf(settle())).to.have.property(
      "message",
      "the object changed 3 times while it was handled",
    );
    expect(acts).to.deep.equal(["a", "b", "c"]);
  });
});
