import type { Events, Overview } from "../api/shapes.ts";
import { perform } from "./actions.ts";
import { ask } from "./api.ts";
import { bar } from "./bar.ts";
import { detailOf } from "./detail.ts";
import { Movement } from "./graph/movement.ts";
import { morph } from "./morph.ts";
import { panelView } from "./panelView.ts";
import { routeOf, sameRoute } from "./route.ts";
import { addHop, newState } from "./state.ts";
import { follow } from "./stream.ts";
import { systemsView } from "./systemsView.ts";

const state = newState(routeOf(location.hash));
const barElement = find("#bar");
const systemsElement = find("#systems");
const panelElement = find("#panel");
const noticeElement = find("#notice");
const movement = new Movement(systemsElement);

/** Milliseconds between two looks at the counts: while things happen, and while nothing does. */
const briskly = 300;
const calmly = 2000;

let drawing = false;
let looking = false;
let again = false;
let timer = 0;

function draw(): void {
  if (drawing) return;
  drawing = true;
  requestAnimationFrame(() => {
    drawing = false;
    document.body.dataset.view = state.route.view;
    morph(barElement, bar(state));
    morph(systemsElement, systemsView(state, contentWidth(systemsElement)));
    morph(panelElement, panelView(state));
  });
}

/** Asks how everything is doing, now; and again, by and by. */
async function look(): Promise<void> {
  if (looking) {
    again = true;
    return;
  }
  looking = true;
  again = false;
  clearTimeout(timer);
  try {
    const { route } = state;
    const [overview, detail] = await Promise.all([ask<Overview>("overview"), readDetail()]);
    state.overview = overview;
    if (sameRoute(route, state.route)) state.detail = detail;
    else again = true;
    draw();
  } catch (error) {
    console.warn(error);
    state.connection = "lost";
    draw();
  }
  looking = false;
  schedule(again ? 0 : calmly);
}

async function readDetail() {
  try {
    return await detailOf(state.route);
  } catch (error) {
    return {
      view: "missing",
      message: error instanceof Error ? error.message : String(error),
    } as const;
  }
}

let due = Number.POSITIVE_INFINITY;

/** Looks again within that time, unless nobody sees the page. */
function schedule(milliseconds: number): void {
  const time = performance.now() + milliseconds;
  if (looking || document.hidden || (time >= due && due > performance.now())) return;
  clearTimeout(timer);
  due = time;
  timer = window.setTimeout(() => {
    due = Number.POSITIVE_INFINITY;
    void look();
  }, milliseconds);
}

async function start(): Promise<void> {
  const { events, sequence } = await ask<Events>("events");
  for (const event of events) state.events.set(event.id, event);
  follow(sequence, {
    onHop: (hop) => {
      addHop(state, hop);
      movement.show(hop);
      schedule(briskly);
      draw();
    },
    onConnection: (connection) => {
      state.connection = connection;
      schedule(0);
      draw();
    },
    onGap: () => void reload(),
  });
}

/** Begins anew with what is known now. */
async function reload(): Promise<void> {
  const { events } = await ask<Events>("events");
  state.events.clear();
  for (const event of events) state.events.set(event.id, event);
  draw();
}

function goTo(hash: string): void {
  const route = routeOf(hash);
  if (sameRoute(route, state.route)) return;
  state.route = route;
  state.detail = undefined;
  draw();
  void look();
  // Only once it is drawn is there something to go to.
  requestAnimationFrame(() => requestAnimationFrame(() => focusPanel()));
}

function focusPanel(): void {
  panelElement.scrollTo({ top: 0 });
  panelElement.querySelector<HTMLElement>(".view-title")?.focus({ preventScroll: true });
  if (innerWidth < 1000) scrollTo({ top: 0 });
}

/** Without its padding. */
function contentWidth(element: Element): number {
  const { paddingLeft, paddingRight } = getComputedStyle(element);
  return element.clientWidth - Number.parseFloat(paddingLeft) - Number.parseFloat(paddingRight);
}

function onClick({ target }: MouseEvent): void {
  const jump = target instanceof Element ? target.closest<HTMLElement>("[data-jump]") : null;
  if (jump?.dataset.jump) find(`#system-${CSS.escape(jump.dataset.jump)}`).scrollIntoView();
  const clicked = target instanceof Element ? target.closest<HTMLElement>("[data-action]") : null;
  if (clicked === null) return;
  perform(clicked.dataset)?.then(
    (said) => {
      if (said !== undefined) say(said);
      void look();
    },
    (error: unknown) => say(error instanceof Error ? error.message : String(error), "bad"),
  );
}

let silence = 0;

function say(text: string, tone = "good"): void {
  noticeElement.textContent = text;
  noticeElement.dataset.tone = tone;
  clearTimeout(silence);
  silence = window.setTimeout(() => {
    noticeElement.textContent = "";
  }, 6000);
}

function onChoice({ target }: Event): void {
  if (!(target instanceof HTMLSelectElement)) return;
  if (target.dataset.filter === "system") state.eventFilter.system = target.value;
  if (target.dataset.filter === "outcome") {
    const { value } = target;
    state.eventFilter.outcome = value === "open" || value === "trouble" ? value : "all";
  }
  draw();
}

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}

addEventListener("hashchange", () => goTo(location.hash));
document.addEventListener("click", onClick);
document.addEventListener("change", onChoice);
document.addEventListener("visibilitychange", () => schedule(0));
new ResizeObserver(draw).observe(systemsElement);
draw();
void look();
void start();
