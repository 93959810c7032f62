import { randomUUID } from "node:crypto";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import type { Call, Reply } from "../../../protocol/call.ts";
import { jsonErrorReply } from "../../../protocol/errorReply.ts";
import type { Attachment, Email } from "./email.ts";
import { member, textAt, textsAt } from "./input.ts";
import { rawEmail } from "./rawEmail.ts";
import { type ErrorNames, type SesOptions, send } from "./sender.ts";

const names: ErrorNames = { invalid: "BadRequestException", denied: "AccessDeniedException" };

/** Members that would change what happens to the e-mail on AWS. */
const refused = ["ConfigurationSetName", "EndpointId", "ListManagementOptions"];

/** The newer API of SES, in JSON. https://docs.aws.amazon.com/ses/latest/APIReference-V2/API_SendEmail.html */
export function sesVersion2(options: SesOptions): (call: Call) => Promise<Reply> {
  return async (call) => {
    try {
      return reply({ MessageId: await sendEmail(options, call) });
    } catch (error) {
      if (!(error instanceof AwsError)) throw error;
      return jsonErrorReply(error);
    }
  };
}

async function sendEmail(options: SesOptions, call: Call): Promise<string> {
  if (call.method !== "POST" || call.path !== "/v2/email/outbound-emails") {
    throw notSupported(`SES's ${call.method} ${call.path}`);
  }
  const input = parse(call.body.toString("utf8"));
  const unsupported = refused.find((name) => member(input, name) !== undefined);
  if (unsupported !== undefined) throw notSupported(`${unsupported} of SES's SendEmail`);
  const raw = textAt(input, "Content", "Raw", "Data");
  if (raw !== undefined) {
    const from = textAt(input, "FromEmailAddress");
    const { to, cc, bcc } = destinationOf(input);
    const email = await rawEmail(raw, { from, to: [...to, ...cc, ...bcc] });
    return send(options, call, "ses:SendRawEmail", email, names);
  }
  return send(options, call, "ses:SendEmail", simpleEmail(input), names);
}

function simpleEmail(input: unknown): Email {
  const simple = member(input, "Content", "Simple");
  if (simple === undefined) throw notSupported("SES's SendEmail of a template");
  return {
    from: textAt(input, "FromEmailAddress") ?? "",
    ...destinationOf(input),
    subject: textAt(simple, "Subject", "Data") ?? "",
    text: textAt(simple, "Body", "Text", "Data") ?? "",
    html: textAt(simple, "Body", "Html", "Data"),
    attachments: attachmentsIn(simple),
  };
}

function destinationOf(input: unknown): Pick<Email, "to" | "cc" | "bcc"> {
  const destination = member(input, "Destination");
  return {
    to: textsAt(destination, "ToAddresses"),
    cc: textsAt(destination, "CcAddresses"),
    bcc: textsAt(destination, "BccAddresses"),
  };
}

function attachmentsIn(simple: unknown): Attachment[] {
  const attachments = member(simple, "Attachments");
  if (!Array.isArray(attachments)) return [];
  return attachments.map((attachment) => ({
    name: textAt(attachment, "FileName") ?? "unnamed",
    type: textAt(attachment, "ContentType") ?? "application/octet-stream",
    bytes: Buffer.byteLength(textAt(attachment, "RawContent") ?? "", "base64"),
  }));
}

function parse(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch (error) {
    throw new AwsError(names.invalid, `The request's body is not JSON: ${error}`);
  }
}

function reply(output: object): Reply {
  return {
    status: 200,
    headers: { "content-type": "application/json", "x-amzn-requestid": randomUUID() },
    body: JSON.stringify(output),
  };
}
