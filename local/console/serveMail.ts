import type { ServerResponse } from "node:http";
import type { Outbox } from "../outbox.ts";

/** Where the HTML of an e-mail is served, by the e-mail's number. */
export const mailPath = "/_fanout/mail/";

/**
 * Serves the HTML of an e-mail as a mail program shows it: its own styles, but no script, no form, and
 * nothing from elsewhere. The sandbox makes it a page of no origin, also when it is opened by itself.
 */
export function serveMail(outbox: Outbox, pathname: string, response: ServerResponse): void {
  const id = Number(pathname.slice(mailPath.length));
  const html = outbox.list({ since: id - 1 }).find((mail) => mail.id === id)?.html;
  response.writeHead(html === undefined ? 404 : 200, {
    "content-type": html === undefined ? "text/plain; charset=utf-8" : "text/html; charset=utf-8",
    "content-security-policy":
      "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'self'; sandbox allow-popups",
    "cache-control": "no-store",
  });
  response.end(html ?? "There is no such e-mail with HTML.\n");
}
