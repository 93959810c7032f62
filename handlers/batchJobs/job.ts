import * as v from "valibot";
import type { Message } from "../lib/message.ts";
import { parse, parseJson } from "../lib/parseJson.ts";
import { identifier, measurement } from "../samples/fields.ts";

/** The kind of job is an attribute of the message, by which consumers filter. */
const attributes = v.object({ job: v.picklist(["statistics", "word-count"]) });

const statistics = v.object({
  jobId: identifier,
  numbers: v.pipe(v.array(measurement), v.minLength(1)),
});

const wordCount = v.object({ jobId: identifier, text: v.string() });

/** A computation. */
export type Job =
  | ({ readonly job: "statistics" } & v.InferOutput<typeof statistics>)
  | ({ readonly job: "word-count" } & v.InferOutput<typeof wordCount>);

/** @throws PermanentError naming every problem by path */
export function readJob(message: Message): Job {
  const { job } = parse(attributes, message.attributes, "job's attributes");
  return job === "statistics"
    ? { job, ...parseJson(statistics, message.body, "job") }
    : { job, ...parseJson(wordCount, message.body, "job") };
}
