export type Child = Node | string | number | false | undefined | readonly Child[];

type Properties = {
  readonly style?: Readonly<Record<string, string>>;
  /** Called when the event reaches the element. Only for what is made once: see `morph`. */
  readonly on?: Readonly<Record<string, (event: Event) => void>>;
  readonly [attribute: string]: unknown;
};

/**
 * Makes an element: `h("a.node", { href: "#/events" }, "Events")`.
 *
 * @param tag a name, and classes after dots
 * @param properties attributes; true is an empty one, false and undefined are none
 */
export function h(tag: string, properties: Properties = {}, ...children: Child[]): HTMLElement {
  const [name = "div", ...classes] = tag.split(".");
  const element = document.createElement(name);
  if (classes.length > 0) element.className = classes.join(" ");
  return fill(element, properties, children);
}

/** Makes an element of SVG. */
export function svg(name: string, properties: Properties = {}, ...children: Child[]): SVGElement {
  return fill(document.createElementNS("http://www.w3.org/2000/svg", name), properties, children);
}

function fill<E extends HTMLElement | SVGElement>(
  element: E,
  { style, on = {}, ...attributes }: Properties,
  children: readonly Child[],
): E {
  for (const [name, value] of Object.entries(attributes)) {
    if (value === false || value === undefined) continue;
    element.setAttribute(name, value === true ? "" : String(value));
  }
  for (const [name, value] of Object.entries(style ?? {})) element.style.setProperty(name, value);
  for (const [name, listener] of Object.entries(on)) element.addEventListener(name, listener);
  append(element, children);
  return element;
}

function append(element: Element, children: readonly Child[]): void {
  for (const child of children) {
    if (child === false || child === undefined) continue;
    if (Array.isArray(child)) append(element, child);
    else element.append(isNode(child) ? child : String(child));
  }
}

function isNode(child: Child): child is Node {
  return child instanceof Node;
}
