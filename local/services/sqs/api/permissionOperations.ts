import type { Operations } from "../../../protocol/call.ts";
import { missingParameter } from "../errors.ts";
import type { Queues } from "../queues.ts";
import type { Input } from "./input.ts";
import type { QueueAccess } from "./queueAccess.ts";

/** Statements of a queue's policy, one at a time. */
export function permissionOperations(queues: Queues, access: QueueAccess): Operations {
  return {
    AddPermission: access.onQueue("AddPermission", ({ arn }, input) => {
      queues.addPermission(arn, {
        label: input.requiredText("Label"),
        accounts: requiredTexts(input, "AWSAccountIds"),
        actions: requiredTexts(input, "Actions"),
      });
      return {};
    }),

    RemovePermission: access.onQueue("RemovePermission", ({ arn }, input) => {
      queues.removePermission(arn, input.requiredText("Label"));
      return {};
    }),
  };
}

function requiredTexts(input: Input, name: string): readonly string[] {
  const texts = input.texts(name);
  if (texts.length === 0) throw missingParameter(name);
  return texts;
}
