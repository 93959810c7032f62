import { type Child, h } from "./element.ts";

/** What is made once and kept: what is typed into it, and what it has answered. */
const made = new Map<string, HTMLElement>();

/** On the page is the same element each time; elsewhere it is only built. */
export function kept(key: string, make: () => HTMLElement): Child {
  const known = made.get(key);
  if (known?.isConnected)
    return h(known.localName, {
      "data-key": known.dataset.key,
      "data-keep": true,
      class: known.className,
    });
  const element = known ?? make();
  made.set(key, element);
  return element;
}
