import { createHash } from "node:crypto";
import { gzipSync } from "node:zlib";

/** A log entry as received from its queue. */
export type LogMessage = {
  readonly messageId: string;
  readonly receiptHandle: string;
  /** When the queue got it. ISO 8601, UTC. */
  readonly time: string;
  readonly body: string;
};

/**
 * The key of a batch: by day, then by the time of its first entry. The digest distinguishes batches that
 * begin with the same entry, so that no batch overwrites another.
 * `logs/2026/01/31/20260131T103000123Z-9f86d081884c7d65.ndjson.gz`
 */
export function logObjectKey(batch: readonly LogMessage[]): string {
  const [first = ""] = batch.map(({ time }) => time).sort();
  const ids = batch.map(({ messageId }) => messageId).sort();
  const digest = createHash("sha256").update(ids.join()).digest("hex").slice(0, 16);
  const day = first.slice(0, 10).replaceAll("-", "/");
  return `logs/${day}/${first.replaceAll(/[-:.]/g, "")}-${digest}.ndjson.gz`;
}

/**
 * A batch as gzip of JSON lines, earliest first. Each line has the message id, which identifies an entry
 * that was delivered twice.
 */
export function logObject(batch: readonly LogMessage[]): Buffer {
  const lines = batch
    .toSorted((a, b) => a.time.localeCompare(b.time))
    .map(({ messageId, time, body }) => JSON.stringify({ messageId, time, entry: entryOf(body) }));
  return gzipSync(`${lines.join("\n")}\n`);
}

/** An entry that is JSON stays JSON, so that its fields can be queried. */
function entryOf(body: string): unknown {
  try {
    return JSON.parse(body);
  } catch {
    return body; // A log entry may be plain text.
  }
}
