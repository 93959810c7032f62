import { SESv2Client, SendEmailCommand, type SendEmailCommandInput } from "@aws-sdk/client-sesv2";
import { expect } from "chai";
import { Outbox } from "../../../../../local/outbox.ts";
import { type AccessRequest, owner } from "../../../../../local/protocol/access.ts";
import { type Endpoint, serveEndpoint } from "../../../../../local/protocol/server.ts";
import { sesService } from "../../../../../local/services/ses/api/ses.ts";
import { openStore } from "../../../../../local/storage/store.ts";
import { ManualClock } from "../../../../../local/time/manualClock.ts";
import { Trace } from "../../../../../local/trace/trace.ts";
import { failureOf } from "../../../../harness/assertions/failure.ts";
import { ownerOnly } from "../../../../harness/endpoints/authentication.ts";
import { fetchSigned } from "../../../../harness/endpoints/signedRequests.ts";

describe("SES on the wire", () => {
  let endpoint: Endpoint;
  let client: SESv2Client;
  let outbox: Outbox;
  let trace: Trace;
  let asked: AccessRequest[];
  let denial: string | undefined;

  beforeEach(async () => {
    const clock = new ManualClock();
    outbox = new Outbox({ store: openStore(), clock });
    trace = new Trace(clock);
    asked = [];
    denial = undefined;
    const ses = sesService({
      outbox,
      trace,
      region: "eu-west-1",
      authorize: (request) => {
        asked.push(request);
        return denial === undefined ? { allowed: true } : { allowed: false, reason: denial };
      },
    });
    endpoint = await serveEndpoint({
      port: 0,
      ...ownerOnly,
      services: { ses },
      console: (_request, response) => response.end(),
      onFailure: (message, error) => {
        throw new Error(message, { cause: error });
      },
    });
    client = new SESv2Client({
      endpoint: endpoint.url,
      region: "eu-west-1",
      credentials: { accessKeyId: "test", secretAccessKey: "test" },
    });
  });

  afterEach(async () => {
    client.destroy();
    await endpoint.close();
  });

  const simple: SendEmailCommandInput = {
    FromEmailAddress: "Shop <shop@example.com>",
    Destination: { ToAddresses: ["ada@example.com"], BccAddresses: ["log@example.com"] },
    Content: {
      Simple: {
        Subject: { Data: "Order 7 – bezahlt" },
        Body: { Text: { Data: "Thank you." }, Html: { Data: "<p>Thank you.</p>" } },
      },
    },
  };

  function send(more: Partial<SendEmailCommandInput> = {}) {
    return client.send(new SendEmailCommand({ ...simple, ...more }));
  }

  function sendQuery(parameters: Record<string, string>) {
    const body = String(new URLSearchParams({ Version: "2010-12-01", ...parameters }));
    const headers = { "content-type": "application/x-www-form-urlencoded" };
    return fetchSigned(endpoint.url, { method: "POST", headers, body }, { service: "ses" });
  }

  const raw = Buffer.from(
    'From: shop@example.com\r\nTo: "Doe, J" <j@example.com>\r\nCc: k@example.com\r\nSubject: =?utf-8?B?R3LDvMOfZQ==?=\r\nContent-Type: multipart/mixed; boundary=b\r\n\r\n--b\r\n\r\nHello\r\n--b\r\nContent-Type: image/png; name=cat.png\r\nContent-Disposition: attachment\r\nContent-Transfer-Encoding: base64\r\n\r\neHl6\r\n--b--',
  );

  it("puts an e-mail into the outbox", async () => {
    const { MessageId } = await send();
    expect(MessageId).to.match(/^[0-9a-f-]{36}$/);
    const [entry, ...more] = outbox.list();
    expect(more).to.deep.equal([]);
    expect(entry).to.deep.include({
      kind: "email",
      from: "Shop <shop@example.com>",
      to: ["ada@example.com", "log@example.com"],
      subject: "Order 7 – bezahlt",
      text: "Thank you.",
      html: "<p>Thank you.</p>",
    });
    expect(
      trace.recent().map(({ event, from, to, kind }) => [event, from, to, kind]),
    ).to.deep.equal([
      [MessageId, "arn:aws:iam::000000000000:root", "ada@example.com", "sent"],
      [MessageId, "arn:aws:iam::000000000000:root", "log@example.com", "sent"],
    ]);
  });

  it("reads a whole message, and tells what is attached to it", async () => {
    await send({
      FromEmailAddress: undefined,
      Destination: undefined,
      Content: { Raw: { Data: raw } },
    });
    expect(outbox.list()[0]).to.deep.include({
      from: "shop@example.com",
      to: ['"Doe, J" <j@example.com>', "k@example.com"],
      subject: "Grüße",
      text: "Hello\n[attached: cat.png, image/png, 3 bytes]",
    });
    expect(asked[0]?.action).to.equal("ses:SendRawEmail");
  });

  it("sends a whole message to whom the caller names instead", async () => {
    await send({ Content: { Raw: { Data: raw } } });
    expect(outbox.list()[0]).to.deep.include({
      from: "Shop <shop@example.com>",
      to: ["ada@example.com", "log@example.com"],
    });
  });

  it("speaks the older API too", async () => {
    const reply = await sendQuery({
      Action: "SendEmail",
      Source: "shop@example.com",
      "Destination.ToAddresses.member.1": "ada@example.com",
      "Destination.ToAddresses.member.2": "bob@example.com",
      "Message.Subject.Data": "Order & more",
      "Message.Body.Text.Data": "Thank you.",
    });
    expect(reply.status).to.equal(200);
    expect(await reply.text()).to.match(/<SendEmailResult><MessageId>[0-9a-f-]{36}<\/MessageId>/);
    const whole = { Action: "SendRawEmail", "RawMessage.Data": raw.toString("base64") };
    expect((await sendQuery(whole)).status).to.equal(200);
    expect(outbox.list().map(({ to, subject }) => [to, subject])).to.deep.equal([
      [["ada@example.com", "bob@example.com"], "Order & more"],
      [['"Doe, J" <j@example.com>', "k@example.com"], "Grüße"],
    ]);
  });

  it("needs the permission for the sender's address", async () => {
    denial = "no statement allows it";
    const failure = await failureOf(send());
    expect(asked).to.deep.equal([
      {
        principal: owner,
        action: "ses:SendEmail",
        resource: "arn:aws:ses:eu-west-1:000000000000:identity/shop@example.com",
        context: { "aws:SecureTransport": "true", "ses:FromAddress": "shop@example.com" },
      },
    ]);
    expect(failure.name).to.equal("AccessDeniedException");
    expect(failure.message).to.contain("ses:SendEmail").and.to.contain("no statement allows it");
    const older = await sendQuery({
      Action: "SendEmail",
      Source: "shop@example.com",
      "Destination.ToAddresses.member.1": "ada@example.com",
      "Message.Body.Text.Data": "x",
    });
    expect([
      older.status,
      (await older.text()).includes("<Code>AccessDenied</Code>"),
    ]).to.deep.equal([403, true]);
    expect(outbox.list()).to.deep.equal([]);
  });

  const many = Array.from({ length: 51 }, (_, index) => `user${index}@example.com`);
  const refused: [string, Partial<SendEmailCommandInput>, string][] = [
    ["no sender", { FromEmailAddress: undefined }, "Missing required header 'From'."],
    ["nobody to go to", { Destination: {} }, "Missing required header 'To'."],
    [
      "a recipient that is no address",
      { Destination: { ToAddresses: ["ada"] } },
      `Missing final '@domain' in "ada"`,
    ],
    [
      "too many recipients",
      { Destination: { ToAddresses: many } },
      "Recipient count exceeds 50 (given 51).",
    ],
    [
      "nothing to say",
      { Content: { Simple: { Subject: { Data: "x" }, Body: {} } } },
      "The e-mail has neither a text nor an HTML body.",
    ],
  ];
  for (const [what, more, message] of refused) {
    it(`refuses an e-mail with ${what}`, async () => {
      const failure = await failureOf(send(more));
      expect([failure.name, failure.message]).to.deep.equal(["BadRequestException", message]);
      expect(outbox.list()).to.deep.equal([]);
    });
  }

  it("says what it has not", async () => {
    const template = { Content: { Template: { TemplateName: "t", TemplateData: "{}" } } };
    expect((await failureOf(send(template))).name).to.equal("NotImplemented");
    expect((await failureOf(send({ ConfigurationSetName: "set" }))).message).to.contain(
      "ConfigurationSetName of SES's SendEmail",
    );
    const listing = await fetchSigned(
      `${endpoint.url}/v2/email/identities`,
      {},
      { service: "ses" },
    );
    expect(listing.status).to.equal(501);
    expect(await listing.text()).to.contain("does not support SES's GET /v2/email/identities");
    expect((await sendQuery({ Action: "SendTemplatedEmail" })).status).to.equal(501);
  });
});
