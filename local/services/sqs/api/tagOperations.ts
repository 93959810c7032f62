import type { Operations } from "../../../protocol/call.ts";
import { missingParameter } from "../errors.ts";
import type { Queues } from "../queues.ts";
import type { QueueAccess } from "./queueAccess.ts";

/** Tags of queues. */
export function tagOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    TagQueue: access.onQueue("TagQueue", ({ arn }, input) => {
      const tags = input.textMap("Tags");
      if (Object.keys(tags).length === 0) throw missingParameter("Tags");
      queues.tag(arn, tags);
      return {};
    }),

    UntagQueue: access.onQueue("UntagQueue", ({ arn }, input) => {
      const keys = input.texts("TagKeys");
      if (keys.length === 0) throw missingParameter("TagKeys");
      queues.untag(arn, keys);
      return {};
    }),

    ListQueueTags: access.onQueue("ListQueueTags", ({ tags }) =>
      Object.keys(tags).length === 0 ? {} : { Tags: tags },
    ),
  };
}
