/** The mailboxes in a header such as `To`: `"Doe, J" <j@example.com>, k@example.com`. */
export function mailboxesIn(header = ""): string[] {
  const mailboxes = header.match(/(?:"(?:\\.|[^"])*"|[^,"])+/g) ?? [];
  return mailboxes.map((mailbox) => mailbox.trim()).filter((mailbox) => mailbox !== "");
}
