import type { Call } from "./call.ts";
import { actionParameters } from "./form.ts";

/** How the names of operations begin that read, receive, or take something away. */
const addsNothing =
  /^(AssumeRole|BatchGet|Cancel|ChangeMessageVisibility|Decrypt|Delete|Describe|Get|Head|List|Poll|Purge|Query|Receive|Remove|Scan|Stop|TransactGet|Unsubscribe|Untag)/;

/** Whether a call would store something new: a message, an object, an item, a resource. */
export function addsData(call: Call): boolean {
  const operation = operationOf(call);
  if (operation !== undefined) return !addsNothing.test(operation);
  const deletesObjects = call.query.has("delete");
  return (call.method === "PUT" || call.method === "POST") && !deletesObjects;
}

/** Its name in the protocols that name it; the others have methods and paths. */
function operationOf(call: Call): string | undefined {
  const target = call.headers["x-amz-target"];
  if (target !== undefined) return target.slice(target.indexOf(".") + 1);
  const [, inPath] = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(call.path) ?? [];
  if (inPath !== undefined) return inPath;
  return actionParameters(call).get("Action") ?? undefined;
}
