import { expect } from "chai";
import { rules } from "../../policies/rules/index.ts";
import { defaultTags, judged, violations } from "../harness/judgedStack.ts";
import { runStack } from "../harness/stack.ts";

const demanded = rules.filter(({ level }) => level === undefined);

describe("the policies", () => {
  for (const stack of ["dev", "prod"] as const) {
    it(`hold for every system of ${stack}`, async () => {
      const { registrations } = await runStack(stack);
      const resources = judged(registrations, defaultTags(stack));
      expect(violations(demanded, resources)).to.deep.equal([]);
    });
  }
});
