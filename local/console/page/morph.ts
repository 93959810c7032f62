/**
 * Makes the children of an element like those of another, changing as little as it can: what stays
 * keeps its focus, its scroll, its selection, what is typed into it. Children are matched by their
 * `data-key`, the others by name and order. Inside an element with `data-keep` nothing is changed.
 */
export function morph(current: Element, next: Element): void {
  const reusable = new Reusable(current);
  const pairs = [...next.childNodes].map((wanted) => ({ wanted, found: reusable.take(wanted) }));
  // What goes is removed first: an element that is moved past it would lose its focus.
  for (const left of reusable.rest()) left.remove();
  let place: ChildNode | null = current.firstChild;
  for (const { wanted, found } of pairs) {
    if (found === undefined) {
      current.insertBefore(wanted, place);
      continue;
    }
    if (found === place) place = place.nextSibling;
    else current.insertBefore(found, place);
    update(found, wanted);
  }
}

/** The children that are there, each to be taken once. */
class Reusable {
  readonly #keyed = new Map<string, ChildNode>();
  readonly #others = new Map<string, ChildNode[]>();

  constructor(parent: Element) {
    for (const child of parent.childNodes) {
      const key = keyOf(child);
      if (key !== undefined) this.#keyed.set(key, child);
      else this.#others.set(child.nodeName, [...(this.#others.get(child.nodeName) ?? []), child]);
    }
  }

  take(wanted: Node): ChildNode | undefined {
    const key = keyOf(wanted);
    if (key === undefined) return this.#others.get(wanted.nodeName)?.shift();
    const found = this.#keyed.get(key);
    this.#keyed.delete(key);
    return found;
  }

  rest(): ChildNode[] {
    return [...this.#keyed.values(), ...[...this.#others.values()].flat()];
  }
}

function keyOf(node: Node): string | undefined {
  return node instanceof Element ? (node.getAttribute("data-key") ?? undefined) : undefined;
}

function update(current: ChildNode, next: Node): void {
  if (!(current instanceof Element) || !(next instanceof Element)) {
    if (current.nodeValue !== next.nodeValue) current.nodeValue = next.nodeValue;
    return;
  }
  updateAttributes(current, next);
  if (!current.hasAttribute("data-keep")) morph(current, next);
}

/**
 * `open` is the reader's, and what is lit goes out by itself. Styles go their own way: the page's policy forbids them
 * as attributes.
 */
const untouched = ["open", "style", "data-lit"];

function updateAttributes(current: Element, next: Element): void {
  for (const name of current.getAttributeNames()) {
    if (!next.hasAttribute(name) && !untouched.includes(name)) current.removeAttribute(name);
  }
  for (const name of next.getAttributeNames()) {
    const value = next.getAttribute(name);
    if (value !== null && current.getAttribute(name) !== value && !untouched.includes(name)) {
      current.setAttribute(name, value);
    }
  }
  const from = styleOf(next)?.cssText ?? "";
  const to = styleOf(current);
  if (to !== undefined && to.cssText !== from) to.cssText = from;
}

function styleOf(element: Element): CSSStyleDeclaration | undefined {
  return element instanceof HTMLElement || element instanceof SVGElement
    ? element.style
    : undefined;
}
