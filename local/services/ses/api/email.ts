/** An e-mail to send, whichever API it came through. */
export type Email = {
  /** May have a display name: `Shop <shop@example.com>`. */
  readonly from: string;
  readonly to: readonly string[];
  readonly cc: readonly string[];
  readonly bcc: readonly string[];
  readonly subject: string;
  readonly text: string;
  readonly html?: string | undefined;
  readonly attachments: readonly Attachment[];
};

export type Attachment = { readonly name: string; readonly type: string; readonly bytes: number };

/** SES sends to that many in one call. */
const maximumRecipients = 50;

/**
 * What is wrong with an e-mail, or undefined.
 * https://docs.aws.amazon.com/ses/latest/dg/quotas.html
 */
export function problemOf(email: Email): string | undefined {
  const recipients = recipientsOf(email);
  if (email.from === "") return "Missing required header 'From'.";
  if (recipients.length === 0) return "Missing required header 'To'.";
  if (recipients.length > maximumRecipients) {
    return `Recipient count exceeds ${maximumRecipients} (given ${recipients.length}).`;
  }
  const wrong = [email.from, ...recipients].find((address) => !isAddress(addressIn(address)));
  if (wrong !== undefined) return `Missing final '@domain' in "${wrong}"`;
  if (email.text === "" && !email.html && email.attachments.length === 0) {
    return "The e-mail has neither a text nor an HTML body.";
  }
  return undefined;
}

export function recipientsOf({ to, cc, bcc }: Email): string[] {
  return [...to, ...cc, ...bcc];
}

/** The address itself, without a display name. */
export function addressIn(mailbox: string): string {
  return (/<([^<>]*)>\s*$/.exec(mailbox)?.[1] ?? mailbox).trim();
}

function isAddress(text: string): boolean {
  return /^[^\s@<>]+@[^\s@<>]+$/.test(text);
}
