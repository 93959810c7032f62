import type { Call } from "./call.ts";
import { formIn } from "./form.ts";

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
function operationOf({ headers, query, body, path }: Call): string | undefined {
  const target = headers["x-amz-target"];
  if (target !== undefined) return target.slice(target.indexOf(".") + 1);
  const [, inPath] = /^\/service\/[^/]+\/operation\/(\w+)$/.exec(path) ?? [];
  if (inPath !== undefined) return inPath;
  const isForm = headers["content-type"]?.startsWith("application/x-www-form-urlencoded");
  const parameters = isForm ? formIn(body) : query;
  return parameters.get("Action") ?? undefined;
}
