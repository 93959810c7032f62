import { SESv2Client, SendEmailCommand } from "@aws-sdk/client-sesv2";
import type { Context } from "aws-lambda";
import { once } from "../lib/idempotency.ts";

export type Mail = {
  /** Address of the recipient. */
  readonly to: string;
  readonly subject: string;
  /** Plain text. */
  readonly text: string;
};

/** A mail with an idempotency key. */
export type KeyedMail = Mail & { readonly key: string };

const ses = new SESv2Client({});

/**
 * Sends e-mails from one address, each once for its key, however often it is called. See `once` for the
 * table, and for the one case in which a mail is sent twice.
 *
 * @param options.sender an address verified by SES
 */
export function mailOnce(options: {
  readonly table: string;
  /** Names the kind of mail, so that one table can serve several. */
  readonly operation: string;
  readonly sender: string;
}): (mail: KeyedMail, context: Context) => Promise<{ mailId: string }> {
  const { table, operation, sender } = options;
  return once({ table, operation, key: "key" }, (mail: KeyedMail) => send(sender, mail));
}

async function send(sender: string, { to, subject, text }: Mail): Promise<{ mailId: string }> {
  const { MessageId: mailId = "" } = await ses.send(
    new SendEmailCommand({
      FromEmailAddress: sender,
      Destination: { ToAddresses: [to] },
      Content: { Simple: { Subject: utf8(subject), Body: { Text: utf8(text) } } },
    }),
  );
  return { mailId };
}

function utf8(text: string) {
  return { Data: text, Charset: "UTF-8" };
}
