import { expect } from "chai";
import { matchesArn, matchesPattern } from "../../../../local/services/iam/pattern.ts";

describe("a pattern of IAM", () => {
  it("matches as the regular expression of the same meaning does, for all short patterns and texts", () => {
    const texts = wordsOf("ab", 5);
    for (const pattern of wordsOf("ab*?", 4)) {
      const same = new RegExp(`^${pattern.replaceAll("*", ".*").replaceAll("?", ".")}$`);
      const differing = texts.filter((text) => matchesPattern(pattern, text) !== same.test(text));
      expect(differing, pattern).to.deep.equal([]);
    }
  });

  it("takes every other letter as itself", () => {
    for (const letter of [".", "+", "(", "[", "\\", "^", "$", "|", "\n"]) {
      expect(matchesPattern(`a${letter}*`, `a${letter}b`)).to.equal(true);
      expect(matchesPattern(`a${letter}*`, "axb")).to.equal(false);
    }
  });

  it("reaches over a colon of an ARN only in the resource", () => {
    const arn = "arn:aws:logs:eu-west-1:000000000000:log-group:orders:stream";
    expect(matchesArn("arn:aws:logs:*:*:log-group:*", arn)).to.equal(true);
    expect(matchesArn("arn:aws:logs:*:log-group:*", arn)).to.equal(false);
    expect(matchesArn("*", "orders")).to.equal(true);
    expect(matchesArn("ord*", "orders")).to.equal(false);
  });
});

/** All texts of these letters, up to a length. */
function wordsOf(letters: string, length: number): string[] {
  if (length === 0) return [""];
  const shorter = wordsOf(letters, length - 1);
  return [
    ...new Set([...shorter, ...shorter.flatMap((word) => [...letters].map((l) => word + l))]),
  ];
}
