import type { Events, Overview } from "../api/types.ts";
import { perform } from "./actions.ts";
import { get } from "./api.ts";
import { bar } from "./bar.ts";
import { detailOf } from "./detail.ts";
import { Drawing } from "./drawing.ts";
import { Movement } from "./graph/movement.ts";
import { morph } from "./morph.ts";
import { Notice } from "./notice.ts";
import { panelView } from "./panelView.ts";
import { Polling } from "./polling.ts";
import { routeOf, sameRoute } from "./route.ts";
import { addHop, newState } from "./state.ts";
import { follow } from "./stream.ts";
import { systemsView } from "./systemsView.ts";
import { messageOf } from "./words.ts";

const state = newState(routeOf(location.hash));
const barElement = find("#bar");
const systemsElement = find("#systems");
const panelElement = find("#panel");
const notice = new Notice(find("#notice"));
const movement = new Movement(systemsElement);
const drawing = new Drawing(draw);
const polling = new Polling(look);

addEventListener("hashchange", () => goTo(location.hash));
document.addEventListener("click", onClick);
document.addEventListener("change", onChoice);
new ResizeObserver(() => drawing.now()).observe(systemsElement);
polling.now();
void start();

function draw(): void {
  document.body.dataset.view = state.route.view;
  morph(barElement, bar(state));
  morph(panelElement, panelView(state));
  drawSystems(state.overview, state.route, contentWidth(systemsElement));
}

let drawn: readonly unknown[] = [];

/** An event alone changes nothing here: the counts come with the next overview. */
function drawSystems(...shown: Parameters<typeof systemsView>): void {
  if (shown.every((each, index) => each === drawn[index])) return;
  drawn = shown;
  morph(systemsElement, systemsView(...shown));
}

/** Asks how everything is doing. */
async function look(): Promise<void> {
  const { route } = state;
  try {
    const [overview, detail] = await Promise.all([get<Overview>("overview"), readDetail()]);
    state.overview = overview;
    state.reached = true;
    if (sameRoute(route, state.route)) state.detail = detail;
    else polling.now();
  } catch (error) {
    console.warn(error);
    state.reached = false;
  }
  drawing.now();
}

async function readDetail() {
  try {
    return await detailOf(state.route);
  } catch (error) {
    return { view: "missing", message: messageOf(error) } as const;
  }
}

/** Follows the events after those that are known. It retries until the server responds. */
async function start(): Promise<void> {
  try {
    follow(await readEvents(), {
      onHop: (hop) => {
        addHop(state, hop);
        movement.show(hop);
        polling.soon();
        drawing.soon();
      },
      onConnection: (connection) => {
        // It may be another run, with other events.
        if (connection === "live" && state.stream === "lost") readAgain();
        state.stream = connection;
        polling.now();
        drawing.now();
      },
      onGap: readAgain,
    });
  } catch (error) {
    console.warn(error);
    setTimeout(() => void start(), 1000);
  }
}

/** @returns the sequence of the latest hop that the events count in */
async function readEvents(): Promise<number> {
  const { events, sequence } = await get<Events>("events");
  state.events.clear();
  for (const event of events) state.events.set(event.id, event);
  drawing.now();
  return sequence;
}

function readAgain(): void {
  readEvents().catch((error: unknown) => console.warn(error));
}

function goTo(hash: string): void {
  const route = routeOf(hash);
  if (sameRoute(route, state.route)) return;
  state.route = route;
  state.detail = undefined;
  drawing.now();
  polling.now();
  // Only once it is drawn is there something to go to.
  requestAnimationFrame(() => requestAnimationFrame(focusPanel));
}

function focusPanel(): void {
  panelElement.scrollTo({ top: 0 });
  panelElement.querySelector<HTMLElement>(".view-title")?.focus({ preventScroll: true });
  // Without a second column, the page itself has been scrolled; with one, the graph shows what is meant.
  if (getComputedStyle(panelElement).position === "static") scrollTo({ top: 0 });
  else systemsElement.querySelector("[aria-current]")?.scrollIntoView({ block: "nearest" });
}

function onClick({ target }: MouseEvent): void {
  const clicked = closest(target, "[data-action], [data-jump]");
  if (clicked === undefined) return;
  const { jump } = clicked.dataset;
  if (jump === "panel") focusPanel();
  else if (jump !== undefined) find(`#${CSS.escape(jump)}`).scrollIntoView();
  perform(clicked.dataset)?.then(
    (said) => {
      if (said !== undefined) notice.say(said);
      polling.now();
    },
    (error: unknown) => notice.say(messageOf(error), "bad"),
  );
}

function onChoice({ target }: Event): void {
  if (!(target instanceof HTMLSelectElement)) return;
  const { value, dataset } = target;
  if (dataset.filter === "system") state.eventFilter.system = value;
  if (dataset.filter === "outcome") {
    state.eventFilter.outcome = value === "open" || value === "trouble" ? value : "all";
  }
  drawing.now();
}

function closest(target: EventTarget | null, selector: string): HTMLElement | undefined {
  const found = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
  return found ?? undefined;
}

/** Without its padding. */
function contentWidth(element: Element): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}
