import { accountRootArn } from "../../../aws/arn.ts";
import { account } from "../../arn.ts";
import { newRequestIds } from "../../protocol/restXmlError.ts";

/** The caller of S3, and the ids of the reply. */
export type Requester = {
  /** ARN of the caller. */
  readonly callerArn: string;
  readonly requestId: string;
  readonly hostId: string;
  /** The event under which the trace records it. @default the request's id */
  readonly event?: string;
  /** X-Ray's header, which queues and topics get with what S3 sends them. */
  readonly traceHeader?: string | undefined;
};

/** A request of the account's owner, for example of the program itself. */
export function byOwner(): Requester {
  return { callerArn: accountRootArn(account), ...newRequestIds() };
}
