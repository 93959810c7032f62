import { expect } from "chai";
import { mailboxesIn } from "../../../../../local/services/ses/api/addresses.ts";
import { readMimeMessage } from "../../../../../local/services/ses/api/mimeMessage.ts";

/** A message as it goes over the wire: lines that end in CR and LF, a character for each byte of UTF-8. */
function sent(...lines: string[]): string {
  return Buffer.from(lines.join("\r\n")).toString("latin1");
}

describe("a raw e-mail", () => {
  it("has headers, which may go on in the next line, and a text", () => {
    const message = readMimeMessage(
      sent(
        "From: Shop <shop@example.com>",
        "Subject: A rather",
        "  long subject",
        "X-A: 1",
        "X-A: 2",
        "",
        "Hello,",
        "",
        "you.",
        "",
      ),
    );
    expect(message).to.deep.equal({
      headers: { from: "Shop <shop@example.com>", subject: "A rather long subject", "x-a": "1" },
      text: "Hello,\r\n\r\nyou.",
      attachments: [],
    });
  });

  it("says in its headers what they encode", () => {
    const subject = (text: string) =>
      readMimeMessage(sent(`Subject: ${text}`, "", "")).headers.subject;
    expect(
      subject("=?utf-8?B?R3LDvMOfZQ==?= aus =?UTF-8?Q?K=C3=B6ln_am?= =?utf-8?q?_Rhein?="),
    ).to.equal("Grüße aus Köln am Rhein");
    expect(subject("=?iso-8859-1?Q?caf=E9?=")).to.equal("café");
    expect(subject("Grüße")).to.equal("Grüße");
    expect(subject("=?no-such-charset?Q?x?=")).to.equal("=?no-such-charset?Q?x?=");
  });

  it("is decoded from base64 and quoted-printable", () => {
    const base64 = sent("Content-Transfer-Encoding: base64", "", "R3LDvMOf", "ZQ==", "");
    expect(readMimeMessage(base64).text).to.equal("Grüße");
    const quoted = sent(
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "Gr=C3=BC=C3=9Fe, =",
      "sehr lang=20",
      "",
    );
    expect(readMimeMessage(quoted).text).to.equal("Grüße, sehr lang ");
    const latin = sent(
      'Content-Type: text/plain; charset="iso-8859-1"',
      "Content-Transfer-Encoding: quoted-printable",
      "",
      "caf=E9",
    );
    expect(readMimeMessage(latin).text).to.equal("café");
    expect(
      readMimeMessage(sent("Content-Type: text/plain; charset=klingon", "", "Grüße")).text,
    ).to.equal("Grüße");
  });

  it("has a text, an HTML text and attachments, however they are nested", () => {
    const message = readMimeMessage(
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
    );
    expect(message.text).to.equal("plain");
    expect(message.html).to.equal("<p>rich</p>");
    expect(message.attachments).to.deep.equal([
      { name: "my notes.txt", type: "text/plain", bytes: 3 },
    ]);
  });
});

describe("mailboxes in a header", () => {
  it("are apart at commas, but not at those in quotes", () => {
    expect(mailboxesIn('"Doe, J" <j@example.com>, k@example.com ,')).to.deep.equal([
      '"Doe, J" <j@example.com>',
      "k@example.com",
    ]);
    expect(mailboxesIn(undefined)).to.deep.equal([]);
  });
});
