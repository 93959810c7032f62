import { type Child, h } from "../element.ts";

/** The heading that every view of the panel begins with. It takes the focus when the reader comes here. */
export function frame(title: Child, ...content: Child[]): HTMLElement {
  return h("div.view", {}, h("h2.view-title", { tabindex: -1 }, title), content);
}

/** A heading with a way back. */
export function detailFrame(
  back: { readonly href: string; readonly name: string },
  title: Child,
  ...content: Child[]
): HTMLElement {
  return h(
    "div.view",
    {},
    h("p.back", {}, h("a", { href: back.href }, `‹ ${back.name}`)),
    h("h2.view-title", { tabindex: -1 }, title),
    content,
  );
}

export function empty(text: string): HTMLElement {
  return h("p.empty", {}, text);
}

/** Pairs of a name and a value; those without a value are left out. */
export function facts(pairs: Readonly<Record<string, Child>>): HTMLElement {
  const known = Object.entries(pairs).filter(([, value]) => value !== undefined && value !== false);
  return h(
    "dl.facts",
    {},
    known.map(([name, value]) => h("div", {}, h("dt", {}, name), h("dd", {}, value))),
  );
}

/** A text as it is, in a box that can be scrolled, also by keyboard. */
export function textBox(text: string, label: string): HTMLElement {
  return h("pre.text", { tabindex: 0, "aria-label": label }, text);
}

/** A button that does `action` with these values: the page's `actions` know how. */
export function button(
  label: string,
  action: string,
  values: Readonly<Record<string, string | undefined>> = {},
  kind: "" | ".primary" | ".danger" = "",
): HTMLElement {
  const data = Object.entries(values).map(([name, value]) => [`data-${name}`, value]);
  return h(
    `button${kind}`,
    { type: "button", "data-action": action, ...Object.fromEntries(data) },
    label,
  );
}
