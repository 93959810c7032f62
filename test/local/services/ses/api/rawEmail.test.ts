import { expect } from "chai";
import { rawEmail } from "../../../../../local/services/ses/api/rawEmail.ts";

/** A message as SES receives it: lines that end in CR and LF, in base64. */
function sent(...lines: string[]): string {
  return Buffer.from(lines.join("\r\n")).toString("base64");
}

describe("a raw e-mail", () => {
  it("has the sender, recipients and subject of its headers, and a text", async () => {
    const email = await rawEmail(
      sent(
        "From: Shop <shop@example.com>",
        'To: "Doe, J" <j@example.com>, k@example.com',
        "Cc: Staff: l@example.com, m@example.com;",
        "Bcc: n@example.com",
        "Subject: A rather",
        "  long subject",
        "",
        "Hello,",
        "",
        "you.",
        "",
      ),
      {},
    );
    expect(email).to.deep.equal({
      from: "Shop <shop@example.com>",
      to: ['"Doe, J" <j@example.com>', "k@example.com"],
      cc: ["l@example.com", "m@example.com"],
      bcc: ["n@example.com"],
      subject: "A rather  long subject",
      text: "Hello,\n\nyou.",
      html: undefined,
      attachments: [],
    });
  });

  it("is sent from and to whom the caller names instead of its headers", async () => {
    const email = await rawEmail(sent("From: a@example.com", "To: b@example.com", "", "x"), {
      from: "c@example.com",
      to: ["d@example.com"],
    });
    expect([email.from, email.to, email.cc, email.bcc]).to.deep.equal([
      "c@example.com",
      ["d@example.com"],
      [],
      [],
    ]);
  });

  it("has encoded words in its subject decoded", async () => {
    const subject = async (text: string) =>
      (await rawEmail(sent(`Subject: ${text}`, "", ""), {})).subject;
    expect(
      await subject("=?utf-8?B?R3LDvMOfZQ==?= aus =?UTF-8?Q?K=C3=B6ln_am?= =?utf-8?q?_Rhein?="),
    ).to.equal("Grüße aus Köln am Rhein");
    expect(await subject("=?iso-8859-1?Q?caf=E9?=")).to.equal("café");
    expect(await subject("Grüße")).to.equal("Grüße");
  });

  it("is decoded from base64 and quoted-printable", async () => {
    const text = async (...lines: string[]) => (await rawEmail(sent(...lines), {})).text;
    expect(await text("Content-Transfer-Encoding: base64", "", "R3LDvMOf", "ZQ==", "")).to.equal(
      "Grüße",
    );
    expect(
      await text(
        'Content-Type: text/plain; charset="iso-8859-1"',
        "Content-Transfer-Encoding: quoted-printable",
        "",
        "caf=E9, =",
        "sehr lang=20",
        "",
      ),
    ).to.equal("café, sehr lang ");
  });

  it("has a text, an HTML text and attachments, however they are nested", async () => {
    const email = await rawEmail(
      sent(
        'Content-Type: multipart/mixed; boundary="outer b"',
        "",
        "This is a multi-part message.",
        "--outer b",
        "Content-Type: multipart/alternative; boundary=inner",
        "",
        "--inner",
        "Content-Type: text/plain; charset=utf-8",
        "",
        "plain",
        "--inner",
        "Content-Type: text/html",
        "",
        "<p>rich</p>",
        "--inner--",
        "--outer b",
        "Content-Type: text/plain; name=notes.txt",
        'Content-Disposition: attachment; filename="my notes.txt"',
        "Content-Transfer-Encoding: base64",
        "",
        "AAAA",
        "--outer b--",
        "epilogue",
      ),
      {},
    );
    expect(email.text).to.equal("plain");
    expect(email.html).to.equal("<p>rich</p>");
    expect(email.attachments).to.deep.equal([
      { name: "my notes.txt", type: "text/plain", bytes: 3 },
    ]);
  });
});
