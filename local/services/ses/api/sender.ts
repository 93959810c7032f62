import { randomUUID } from "node:crypto";
import { formatArn } from "../../../arn.ts";
import type { Outbox } from "../../../outbox.ts";
import { type Authorize, overTls } from "../../../protocol/access.ts";
import { AwsError, denialMessage } from "../../../protocol/awsError.ts";
import type { Call } from "../../../protocol/call.ts";
import type { Trace } from "../../../trace/trace.ts";
import { type Attachment, addressIn, type Email, problemOf, recipientsOf } from "./email.ts";

export type SesOptions = {
  readonly outbox: Outbox;
  readonly trace: Trace;
  readonly region: string;
  readonly authorize: Authorize;
};

/** The names of errors, which the versions of the API do not share. */
export type ErrorNames = { readonly invalid: string; readonly denied: string };

/**
 * Puts an e-mail into the outbox, where AWS would send it. Every sender counts as verified.
 * @param action the required permission, for example `ses:SendEmail`
 * @returns the message's id
 * @throws AwsError
 */
export function send(
  options: SesOptions,
  call: Call,
  action: string,
  email: Email,
  names: ErrorNames,
): string {
  const problem = problemOf(email);
  if (problem !== undefined) throw new AwsError(names.invalid, problem);
  checkPermission(options, call, action, email, names);
  const messageId = randomUUID();
  const { from, subject, html } = email;
  options.outbox.add({
    kind: "email",
    to: recipientsOf(email),
    from,
    subject,
    text: [email.text, ...email.attachments.map(attachmentLine)].join("\n"),
    ...(html && { html }),
  });
  for (const recipient of recipientsOf(email)) {
    const summary = `e-mail: ${subject}`;
    options.trace.record(messageId, call.callerArn, recipient, { kind: "sent", summary });
  }
  return messageId;
}

function checkPermission(
  { region, authorize }: SesOptions,
  call: Call,
  action: string,
  { from }: Email,
  names: ErrorNames,
): void {
  const sender = addressIn(from);
  const resource = formatArn("ses", region, `identity/${sender}`);
  const context = { ...overTls, "ses:FromAddress": sender };
  const decision = authorize({ principal: call.principal, action, resource, context });
  if (decision.allowed) return;
  const message = denialMessage(call, { action, resource }, decision.reason);
  throw new AwsError(names.denied, message, { status: 403 });
}

/** The outbox stores texts only: attachments are listed by name, type and size. */
function attachmentLine({ name, type, bytes }: Attachment): string {
  return `[attached: ${name}, ${type}, ${bytes} bytes]`;
}
