import { expect } from "chai";
import { readJob } from "../../../handlers/batchJobs/job.ts";
import { PermanentError } from "../../../handlers/lib/permanentError.ts";
import { message } from "../../harness/handlers/messages.ts";

const read = (job: string | undefined, body: unknown) =>
  readJob(message(body, job === undefined ? {} : { job }));

describe("a job", () => {
  it("is read as its attribute says", () => {
    expect(read("statistics", { jobId: "j-1", numbers: [1] })).to.deep.equal({
      job: "statistics",
      jobId: "j-1",
      numbers: [1],
    });
    expect(read("word-count", { jobId: "j-1", text: "" })).to.deep.equal({
      job: "word-count",
      jobId: "j-1",
      text: "",
    });
  });

  for (const [what, job, body] of [
    ["of no kind", undefined, { jobId: "j-1", text: "" }],
    ["of an unknown kind", "lottery", { jobId: "j-1" }],
    ["of another kind's contents", "statistics", { jobId: "j-1", text: "" }],
    ["of no numbers", "statistics", { jobId: "j-1", numbers: [] }],
    ["of numbers that are too large", "statistics", { jobId: "j-1", numbers: [1e16] }],
    ["without an id", "word-count", { text: "" }],
  ] as const) {
    it(`is refused for good when it is ${what}`, () => {
      expect(() => read(job, body)).to.throw(PermanentError, "not a valid job");
    });
  }
});
