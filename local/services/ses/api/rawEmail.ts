import { mailboxesIn } from "./addresses.ts";
import type { Email } from "./email.ts";
import { readMimeMessage } from "./mimeMessage.ts";

/** What a caller says besides the message, which outweighs the message's headers. */
export type Envelope = {
  readonly from?: string | undefined;
  /** @default the message's own recipients */
  readonly to?: readonly string[];
};

/** An e-mail of a whole message. @param data in base64 */
export function rawEmail(data: string, envelope: Envelope): Email {
  const { headers, text, html, attachments } = readMimeMessage(
    Buffer.from(data, "base64").toString("latin1"),
  );
  const named = envelope.to && envelope.to.length > 0;
  return {
    from: envelope.from ?? headers.from ?? "",
    to: named ? (envelope.to ?? []) : mailboxesIn(headers.to),
    cc: named ? [] : mailboxesIn(headers.cc),
    bcc: named ? [] : mailboxesIn(headers.bcc),
    subject: headers.subject ?? "",
    text,
    html,
    attachments,
  };
}
