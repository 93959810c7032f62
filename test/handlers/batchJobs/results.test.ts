import { expect } from "chai";
import { resultOf } from "../../../handlers/batchJobs/results.ts";

const statistics = (...numbers: number[]) => resultOf({ job: "statistics", jobId: "j", numbers });
const words = (text: string) => resultOf({ job: "word-count", jobId: "j", text });

describe("a job's result", () => {
  for (const [numbers, expected] of [
    [[5], { count: 1, minimum: 5, maximum: 5, mean: 5, median: 5 }],
    [[4, 1, 3, 2], { count: 4, minimum: 1, maximum: 4, mean: 2.5, median: 2.5 }],
    [[10, -1, 3], { count: 3, minimum: -1, maximum: 10, mean: 4, median: 3 }],
    [[9, 10, 1], { count: 3, minimum: 1, maximum: 10, mean: 20 / 3, median: 9 }],
  ] as const) {
    it(`is of the numbers ${numbers.join(", ")} their statistics`, () => {
      expect(statistics(...numbers)).to.deep.equal(expected);
    });
  }

  for (const [text, expected] of [
    ["", { words: 0, different: 0, characters: 0 }],
    ["To be, or not to be", { words: 6, different: 4, characters: 19 }],
    ["déjà vu 漢字 42", { words: 4, different: 4, characters: 13 }],
    ["😀", { words: 0, different: 0, characters: 1 }],
  ] as const) {
    it(`is of the text "${text}" its words`, () => {
      expect(words(text)).to.deep.equal(expected);
    });
  }
});
