import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import { newRequestIds } from "../../protocol/restXmlError.ts";

/** Who asked S3 for something, and the ids that the reply carries. */
export type Requester = {
  /** ARN of the caller. */
  readonly callerArn: string;
  readonly requestId: string;
  readonly hostId: string;
  /** What the hops of the trace are gathered under. @default the request's id */
  readonly event?: string;
};

/** A request of the account's owner: what the program itself asks for. */
export function byOwner(): Requester {
  return { callerArn: accountRootArn(account), ...newRequestIds() };
}
