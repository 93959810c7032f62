import type { Call, Operations, Reply } from "../../../protocol/call.ts";
import { queryProtocol } from "../../../protocol/queryProtocol.ts";
import { member, textAt, textsAt } from "./input.ts";
import { rawEmail } from "./rawEmail.ts";
import { type ErrorNames, type SesOptions, send } from "./sender.ts";

const names: ErrorNames = { invalid: "InvalidParameterValue", denied: "AccessDenied" };

/** The older API of SES, in the query protocol. https://docs.aws.amazon.com/ses/latest/APIReference/API_Operations.html */
export function sesVersion1(options: SesOptions): (call: Call) => Promise<Reply> {
  const operations: Operations = {
    /** https://docs.aws.amazon.com/ses/latest/APIReference/API_SendEmail.html */
    SendEmail(input, call) {
      const destination = member(input, "Destination");
      const email = {
        from: textAt(input, "Source") ?? "",
        to: textsAt(destination, "ToAddresses"),
        cc: textsAt(destination, "CcAddresses"),
        bcc: textsAt(destination, "BccAddresses"),
        subject: textAt(input, "Message", "Subject", "Data") ?? "",
        text: textAt(input, "Message", "Body", "Text", "Data") ?? "",
        html: textAt(input, "Message", "Body", "Html", "Data"),
        attachments: [],
      };
      return { MessageId: send(options, call, "ses:SendEmail", email, names) };
    },

    /** https://docs.aws.amazon.com/ses/latest/APIReference/API_SendRawEmail.html */
    async SendRawEmail(input, call) {
      const email = await rawEmail(textAt(input, "RawMessage", "Data") ?? "", {
        from: textAt(input, "Source"),
        to: textsAt(input, "Destinations"),
      });
      return { MessageId: send(options, call, "ses:SendRawEmail", email, names) };
    },
  };
  return queryProtocol({ namespace: "http://ses.amazonaws.com/doc/2010-12-01/", operations });
}
