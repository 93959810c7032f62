import * as v from "valibot";
import type { Message } from "../lib/message.ts";
import { parse, parseJson } from "../lib/parseJson.ts";
import { identifier } from "../samples/fields.ts";

/** What it is, said by the message's attribute: consumers are chosen by it. */
const attributes = v.object({ type: v.picklist(["like", "share", "comment"]) });

const body = v.object({ interactionId: identifier, postId: identifier, userId: identifier });

/** What a user did with a post. */
export type Interaction = v.InferOutput<typeof attributes> & v.InferOutput<typeof body>;

/** @throws PermanentError naming every problem by path */
export function readInteraction(message: Message): Interaction {
  return {
    ...parse(attributes, message.attributes, "interaction's attributes"),
    ...parseJson(body, message.body, "interaction"),
  };
}
