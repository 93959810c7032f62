import { expect } from "chai";
import { compileFilterPolicy } from "../../../aws/filterPolicy/compile.ts";
import type { FilterPolicyScope } from "../../../aws/filterPolicy/filterPolicy.ts";
import { matchMessage } from "../../../aws/filterPolicy/match.ts";
import { type FilteredMessage, fieldsByScope } from "../../../aws/filterPolicy/messageFields.ts";

const inBody: FilteredMessage = { body: '{"kind":"a"}', attributes: {} };
const inAttributes: FilteredMessage = {
  body: "{}",
  attributes: { kind: { dataType: "String", stringValue: "a" } },
};

function judge(scope: FilterPolicyScope, message: FilteredMessage) {
  const policy = compileFilterPolicy({ kind: ["a"] }, scope);
  const { reason, isElsewhere } = matchMessage(policy, fieldsByScope(message));
  return { reason: reason(), isElsewhere: isElsewhere?.() };
}

describe("a filter that keeps a message back", () => {
  it("says that the key is in the other part of the message: its scope is probably a mistake", () => {
    expect(judge("MessageAttributes", inBody)).to.deep.equal({
      reason:
        '"kind" is missing, the filter asks for ["a"]; the body has it, but the filter looks at the attributes',
      isElsewhere: true,
    });
    expect(judge("MessageBody", inAttributes)).to.deep.equal({
      reason:
        '"kind" is missing, the filter asks for ["a"]; an attribute has it, but the filter looks at the body',
      isElsewhere: true,
    });
  });

  it("says nothing of that where the message has the key nowhere", () => {
    expect(judge("MessageAttributes", { body: "{}", attributes: {} })).to.deep.equal({
      reason: '"kind" is missing, the filter asks for ["a"]',
      isElsewhere: false,
    });
  });
});
