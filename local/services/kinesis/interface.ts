import type { StreamRecord } from "./records.ts";
import type { Streams } from "./streams.ts";

export type { StreamRecord };

/** What a reader of data streams needs of them. */
export type ReadableStreams = Pick<
  Streams,
  "get" | "find" | "read" | "watch" | "latest" | "before"
>;
