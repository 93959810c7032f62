import PostalMime, { type Address, type Attachment as MimeAttachment } from "postal-mime";
import type { Attachment, Email } from "./email.ts";

/** What the caller passes besides the message; it overrides the message's headers. */
export type Envelope = {
  readonly from?: string | undefined;
  /** @default the message's own recipients */
  readonly to?: readonly string[];
};

/** Reads a whole message of RFC 5322. @param data in base64 */
export async function rawEmail(data: string, envelope: Envelope): Promise<Email> {
  const message = await PostalMime.parse(Buffer.from(data, "base64"));
  const overridden = envelope.to !== undefined && envelope.to.length > 0;
  return {
    from: envelope.from ?? mailboxesOf(message.from ? [message.from] : [])[0] ?? "",
    to: overridden ? (envelope.to ?? []) : mailboxesOf(message.to),
    cc: overridden ? [] : mailboxesOf(message.cc),
    bcc: overridden ? [] : mailboxesOf(message.bcc),
    subject: message.subject ?? "",
    text: (message.text ?? "").replace(/\n$/, ""),
    html: message.html?.replace(/\n$/, ""),
    attachments: message.attachments.map(attachmentOf),
  };
}

function mailboxesOf(addresses: readonly Address[] = []): string[] {
  return addresses.flatMap(({ name, address, group }) => {
    if (group !== undefined) return mailboxesOf(group);
    return name === "" ? [address] : [`${quoted(name)} <${address}>`];
  });
}

/** https://www.rfc-editor.org/rfc/rfc5322#section-3.2.3 */
function quoted(name: string): string {
  return /[()<>[\]:;@\\,."]/.test(name) ? `"${name.replace(/["\\]/g, "\\$&")}"` : name;
}

function attachmentOf({ filename, mimeType, content }: MimeAttachment): Attachment {
  const bytes = typeof content === "string" ? Buffer.byteLength(content) : content.byteLength;
  return { name: filename ?? "unnamed", type: mimeType, bytes };
}
