import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import { newRequestIds } from "../../protocol/restXmlError.ts";
import type { Requester } from "./notification/change.ts";

/** A request of the account's owner: what the program itself asks for. */
export function byOwner(): Requester {
  return { callerArn: accountRootArn(account), ...newRequestIds() };
}
