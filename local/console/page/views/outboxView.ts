import type { Mail } from "../../api/types.ts";
import { h } from "../element.ts";
import { linkTo } from "../route.ts";
import type { State } from "../state.ts";
import { timeElement } from "../timeElement.ts";
import { listedTime } from "../words.ts";
import { button, empty, frame } from "./frame.ts";

/** What would have been sent to people, as it would look. Nothing leaves the machine. */
export function outboxView({ detail, overview }: State): HTMLElement {
  if (detail?.view !== "outbox") return frame("Outbox", empty("Looking …"));
  const { mails } = detail;
  if (mails.length === 0)
    return frame("Outbox", empty("No e-mail and no text message has been sent."));
  return frame(
    "Outbox",
    h("p.quiet", {}, "What AWS would have sent. Here, nothing leaves the machine."),
    h(
      "ol.mails",
      {},
      mails.map((each) => mail(each, overview?.now)),
    ),
    h("div.actions", {}, button("Empty the outbox", "clear-outbox", {}, ".danger")),
  );
}

function mail(each: Mail, now: number | undefined): HTMLElement {
  const { id, kind, to, from, subject, text, html, time, event } = each;
  return h(
    `li.${kind}`,
    { "data-key": String(id) },
    h(
      "header",
      {},
      h(
        "p",
        {},
        h("span.quiet", {}, kind === "email" ? "To " : "Text message to "),
        h("strong", {}, to.join(", ")),
      ),
      timeElement(time, listedTime(time, now)),
      kind === "email" && h("p.from", {}, h("span.quiet", {}, "From "), from),
      subject !== undefined && h("p.subject", {}, subject),
    ),
    html !== undefined
      ? h("iframe", { src: `/_fanout/mail/${id}`, title: `E-mail ${id}`, sandbox: "allow-popups" })
      : h("div.mail-text", {}, linked(text)),
    html !== undefined &&
      text !== "" &&
      h("details", {}, h("summary", {}, "As text"), h("div.mail-text", {}, text)),
    event !== undefined && h("p.quiet", {}, h("a", { href: linkTo("event", event) }, "Its event")),
  );
}

/** Addresses in a text as links: to confirm a subscription takes a click. */
function linked(text: string) {
  return text
    .split(/(https?:\/\/[^\s<>"]+)/)
    .map((part, index) =>
      index % 2 === 1 ? h("a", { href: part, target: "_blank", rel: "noopener" }, part) : part,
    );
}
