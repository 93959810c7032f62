import { noPath, type Path, pathOf } from "./graph/path.ts";
import { morph } from "./morph.ts";
import { hashOf } from "./route.ts";
import type { State } from "./state.ts";
import { systemsView } from "./systemsView.ts";

/** The column of the systems. It leads the reader to what the panel shows. */
export class SystemsColumn {
  readonly #element: HTMLElement;
  readonly #state: State;
  #drawn: readonly unknown[] = [];
  /** To read it anew at each drawing would have the browser lay out the page in between. */
  #width: number;
  /** What the reader has been led to, so that scrolling away from it stays possible. */
  #revealed = "";

  /** @param resized called when it has to be drawn again because its width is another */
  constructor(element: HTMLElement, state: State, resized: () => void) {
    this.#element = element;
    this.#state = state;
    this.#width = contentWidth(element);
    new ResizeObserver(() => {
      this.#width = contentWidth(element);
      resized();
    }).observe(element);
  }

  draw(): void {
    const { overview, route, systemOpen, systemText } = this.#state;
    const path = this.#path();
    const width = this.#width;
    // An event alone changes nothing here: the counts come with the next overview.
    const shown = [
      overview,
      hashOf(route),
      textOf(path),
      width,
      [...systemOpen].join(),
      systemText,
    ];
    if (shown.every((each, index) => each === this.#drawn[index])) return;
    this.#drawn = shown;
    morph(
      this.#element,
      systemsView({ overview, route, path, width, open: systemOpen, text: systemText }),
    );
    this.#reveal(hashOf(route), path);
  }

  #path(): Path {
    const { detail } = this.#state;
    return detail?.view === "event" ? pathOf(detail.hops) : noPath;
  }

  /** The first time that it is there: an event's path comes with the answer of the run. */
  #reveal(hash: string, path: Path): void {
    const { view } = this.#state.route;
    if (hash === this.#revealed || (view === "event" && path.nodes.size === 0)) return;
    const place = this.#element.querySelector("[data-path], [aria-current]")?.closest("article");
    if (!place) return;
    this.#revealed = hash;
    const { top, bottom } = place.getBoundingClientRect();
    const isSeen = top >= 0 && bottom <= innerHeight;
    if (!isSeen) place.scrollIntoView({ block: "start" });
  }
}

function textOf({ edges, nodes }: Path): string {
  return [...edges, ...[...nodes].flat()].join();
}

/** Without its padding. */
function contentWidth(element: Element): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}
