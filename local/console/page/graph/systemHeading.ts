import type { Overview } from "../../api/types.ts";
import type { SystemShape } from "../../systems/systemShape.ts";
import { h } from "../element.ts";
import { linkTo } from "../route.ts";
import { marksOf } from "../trouble.ts";

/** The name of a system, which opens and closes it, and what of it needs a look. */
export function systemHeading(
  system: SystemShape,
  overview: Overview,
  isOpen: boolean,
): HTMLElement {
  const { name, url, topic, inProgram } = system;
  const badges = [
    topic?.fifo === true &&
      h("span.badge", { title: "Messages of a group keep their order" }, "FIFO"),
    !inProgram && h("span.badge", { title: "Made by a client of the API" }, "not from the program"),
    ...marksOf(system, overview).map(({ text, tone }) =>
      h("span.badge", { "data-tone": tone }, text),
    ),
  ].filter((badge) => badge !== false);
  return h(
    "header.system-head",
    {},
    h(
      "h2",
      { id: `title-${name}` },
      h(
        "button.toggle",
        {
          type: "button",
          "data-action": "toggle-system",
          "data-system": name,
          "aria-expanded": String(isOpen),
        },
        name,
      ),
    ),
    badges.length > 0 && h("span.badges", {}, badges),
    url !== undefined &&
      isOpen &&
      h("a.outside", { href: url, target: "_blank", rel: "noopener" }, "Open its page"),
    topic !== undefined && h("a.action", { href: linkTo("topic", topic.arn) }, "Publish"),
  );
}
