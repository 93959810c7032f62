import { expect } from "chai";
import { didYouMean, isMisspelled } from "../../aws/nearest.ts";

describe("the suggestion for an unknown word", () => {
  const cases: [what: string, word: string, known: string[], suggestion: string | undefined][] = [
    ["in another case", "BATCHsize", ["batchSize"], "batchSize"],
    ["that begins with three letters of it", "bat", ["name", "batchSize"], "batchSize"],
    ["that begins with it in another case", "BATCH", ["batchSize"], "batchSize"],
    ["only by two letters at its beginning", "ba", ["batchSize"], undefined],
    ["with a letter too few", "filte", ["nilterx", "filter"], "filter"],
    ["with a letter too few inside", "flter", ["filter"], "filter"],
    ["with a letter too many", "filtter", ["filter"], "filter"],
    ["with letters at the beginning too many", "myfilter", ["filter"], "filter"],
    ["with two other letters of six", "filtxy", ["filter"], "filter"],
    ["with three other letters of six", "filxyz", ["filter"], undefined],
    ["with three other letters of nine", "batchSxyz", ["batchSize"], "batchSize"],
    ["with four other letters of nine", "batchwxyz", ["batchSize"], undefined],
    ["with three other letters of eight", "batchwxy", ["batchSiz"], undefined],
    ["that is closer than another one", "handles", ["handlxx", "handler"], "handler"],
    ["that comes first of two as close", "handlex", ["handley", "handler"], "handley"],
    ["among none", "handler", [], undefined],
    ["with nothing in common", "x", ["handler"], undefined],
  ];
  for (const [what, word, known, suggestion] of cases) {
    it(`${suggestion === undefined ? "is none" : "is the known word"} ${what}: ${word}`, () => {
      const expected = suggestion === undefined ? "" : `; did you mean "${suggestion}"?`;
      expect(didYouMean(word, known)).to.equal(expected);
    });
  }
});

describe("a misspelled word", () => {
  const known = ["s3:ObjectCreated:Put", "s3:ObjectRemoved:Delete"];
  for (const [word, expected] of [
    ["s3:ObjectCreated:Put", true],
    ["S3:objectcreated:PUT", true],
    ["s3:ObjectCreated:Pu", true],
    ["s3:ObjectCre", true],
    ["s3:ObjectCreated:Pxx", true],
    ["s3:ObjectCreated:Puttt", true],
    ["s3:ObjectCreated:xxx", false],
    ["s3:ObjectCreated:Putttt", false],
    ["s3:ObjectFolded:Once", false],
    ["s3", false],
  ] as const) {
    it(`${expected ? "is" : "is not"} ${word}`, () => {
      expect(isMisspelled(word, known)).to.equal(expected);
    });
  }
});
