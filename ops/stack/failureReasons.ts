import * as v from "valibot";
import { readLocalApi } from "./localApi.ts";

const queue = v.object({
  messages: v.array(
    v.object({
      messageId: v.string(),
      failure: v.optional(v.object({ reason: v.string(), position: v.optional(v.string()) })),
    }),
  ),
});

/**
 * Why the messages of a queue failed last, by their ids: `no such order (handlers/orders.ts:16:10)`.
 *
 * @param localUrl endpoint of the run; undefined for a deployed stack, whose logs say it
 */
export async function failureReasons(
  localUrl: string | undefined,
  arn: string,
): Promise<ReadonlyMap<string, string>> {
  if (localUrl === undefined) return new Map();
  const { messages } = await readLocalApi(localUrl, `queue?${new URLSearchParams({ arn })}`, queue);
  return new Map(
    messages.flatMap(({ messageId, failure }) => {
      if (failure === undefined) return [];
      const { reason, position } = failure;
      return [[messageId, position === undefined ? reason : `${reason} (${position})`] as const];
    }),
  );
}
