import { readFileSync } from "node:fs";
import { createRequire } from "node:module";
import { expect } from "chai";
import { rules } from "../../policyPack/rules/index.ts";
import { everythingIsTagged } from "../../policyPack/rules/tags.ts";
import { defaultTags, judged, violations } from "../harness/policyPack/judgedStack.ts";
import { runStack } from "../harness/programs/stack.ts";

const demanded = rules.filter(({ level }) => level === undefined);
const { resolve } = createRequire(import.meta.url);

describe("the policies", () => {
  for (const stack of ["dev", "prod"] as const) {
    it(`hold for every system of ${stack}`, async () => {
      const { registrations } = await runStack(stack);
      const resources = judged(registrations, await defaultTags(stack));
      expect(violations(demanded, resources)).to.deep.equal([]);
      const types = new Set(resources.map(({ type }) => type).filter(canHaveTags));
      expect(everythingIsTagged.types).to.include.members([...types]);
    });
  }
});

/** Whether the AWS provider has tags for a type, which its TypeScript says. */
function canHaveTags(type: string): boolean {
  const [, file] = /^aws:(\w+\/\w+):/.exec(type) ?? [];
  if (file === undefined) return false;
  const declaration = readFileSync(resolve(`@pulumi/aws/${file}.d.ts`), "utf8");
  return /^ {4}tags\?: pulumi\.Input/m.test(declaration);
}
