import { readFileSync } from "node:fs";
import { expect } from "chai";
import { s3EventTypes } from "../../aws/s3Events.ts";
import { tagProblems } from "../../components/validation/tagRules.ts";
import { comparisons } from "./models/comparisons.ts";
import { models } from "./models/models.ts";

describe("a limit of the rules", () => {
  for (const { field, ours, model, provider, difference } of comparisons) {
    it(`is that of AWS's model, or the difference is explained: ${field}`, () => {
      const theirs = model === undefined ? undefined : models.shapes[model];
      if (model !== undefined) expect(theirs, model).not.to.equal(undefined);
      const isSame = theirs !== undefined && theirs.min === ours.min && theirs.max === ours.max;
      const isSubtracted = difference?.includes("subtracts") === true;
      if (isSame && !isSubtracted) expect(difference).to.equal(undefined);
      else expect(difference, `model: ${JSON.stringify(theirs)}`).to.be.a("string");
      if (provider !== undefined) {
        const text = readFileSync(`node_modules/@pulumi/aws/${provider.file}`, "utf8");
        expect(text.includes(provider.text), provider.text).to.equal(true);
      }
    });
  }
});

describe("lists of AWS's", () => {
  it("contain the events of a bucket that S3's model has", () => {
    expect([...s3EventTypes].sort()).to.deep.equal(
      [...(models.shapes["s3.Event"]?.enum ?? [])].sort(),
    );
  });

  it("contain the characters of tags that IAM's model has", () => {
    for (const [shape, tags] of [
      ["iam.tagKeyType", (text: string) => ({ [text]: "" })],
      ["iam.tagValueType", (text: string) => ({ a: text })],
    ] as const) {
      const pattern = new RegExp(`^(${models.shapes[shape]?.pattern})$`, "u");
      for (let code = 1; code < 0x250; code++) {
        const text = String.fromCharCode(code);
        expect(tagProblems(tags(text)).length === 0, `${shape} U+${code.toString(16)}`).to.equal(
          pattern.test(text),
        );
      }
    }
  });
});
