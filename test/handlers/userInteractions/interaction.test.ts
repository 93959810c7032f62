import { expect } from "chai";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { readInteraction } from "../../../handlers/userInteractions/interaction.ts";
import { message } from "../../harness/handlers/messages.ts";

const body = { interactionId: "i-1", postId: "p-1", userId: "u-1" };

describe("an interaction", () => {
  for (const type of ["like", "share", "comment"]) {
    it(`is a ${type} when its attribute says so`, () => {
      expect(readInteraction(message(body, { type }))).to.deep.equal({ type, ...body });
    });
  }

  for (const [what, content, attributes] of [
    ["of no type", body, {}],
    ["of an unknown type", body, { type: "report" }],
    ["with nothing", { ...body, postId: undefined }, { type: "like" }],
    ["without a user", { ...body, userId: "" }, { type: "like" }],
  ] as const) {
    it(`${what} is refused for good`, () => {
      expect(() => readInteraction(message(content, attributes))).to.throw(
        PermanentError,
        "not a valid interaction",
      );
    });
  }
});
