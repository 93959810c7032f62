import type { Call, Reply } from "../../../protocol/call.ts";
import type { SesOptions } from "./sender.ts";
import { sesVersion1 } from "./version1.ts";
import { sesVersion2 } from "./version2.ts";

/** Serves the sending of e-mail, in both versions of SES's API: it ends in the outbox. */
export function sesService(options: SesOptions): (call: Call) => Promise<Reply> {
  const version1 = sesVersion1(options);
  const version2 = sesVersion2(options);
  return (call) => (call.path.startsWith("/v2/") ? version2(call) : version1(call));
}
