import { DynamoDBClient } from "@aws-sdk/client-dynamodb";
import { DynamoDBDocumentClient } from "@aws-sdk/lib-dynamodb";
import { handleBatch } from "../lib/batch.ts";
import { environment } from "../lib/environment.ts";
import type { Message } from "../lib/message.ts";
import { type Outcome, skipped } from "../lib/recordHandler.ts";
import { putOnce } from "../samples/putOnce.ts";
import { readJob } from "./job.ts";
import { resultOf } from "./results.ts";

const { RESULTS_TABLE } = environment("RESULTS_TABLE");
const database = DynamoDBDocumentClient.from(new DynamoDBClient({}));

export const handler = handleBatch(recordHandler);

/** Runs the jobs of a batch and stores the result of each. A job that fails is retried alone. */
async function recordHandler(message: Message): Promise<Outcome> {
  const job = readJob(message);
  const { jobId, job: kind } = job;
  const item = { jobId, job: kind, result: resultOf(job) };
  const isNew = await putOnce(database, RESULTS_TABLE, "jobId", item);
  const about = { jobId, job: kind };
  return isNew ? { outcome: "done", ...about } : skipped("unchanged", about);
}
