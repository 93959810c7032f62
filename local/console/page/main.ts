import type { Overview } from "../api/types.ts";
import { perform } from "./actions.ts";
import { get } from "./api.ts";
import { bar } from "./bar.ts";
import { Choices } from "./choices.ts";
import { closeInnermost } from "./closeInnermost.ts";
import { detailOf } from "./detail.ts";
import { Drawing } from "./drawing.ts";
import { EventLoading } from "./eventLoading.ts";
import { isOneColumn, readScroll, scrollToLatest } from "./eventScrolling.ts";
import { focusHeading, keepFocus, WayBack } from "./focus.ts";
import { Movement } from "./graph/movement.ts";
import { showOtherwise } from "./localActions.ts";
import { morph } from "./morph.ts";
import { Notice } from "./notice.ts";
import { panelView } from "./panelView.ts";
import { Polling } from "./polling.ts";
import { hashOf, routeOf, sameRoute } from "./route.ts";
import { Slices } from "./slices.ts";
import { newState } from "./state.ts";
import { follow } from "./stream.ts";
import { SystemsColumn } from "./systemsColumn.ts";
import { taskCaller } from "./taskCaller.ts";
import { messageOf } from "./words.ts";

const state = newState(routeOf(location.hash));
const barElement = find("#bar");
const systemsElement = find("#systems");
const panelElement = find("#panel");
const notice = new Notice(find("#notice"));
const wayBack = new WayBack([panelElement, systemsElement]);
const movement = new Movement(systemsElement);
const drawing = new Drawing(draw);
const systems = new SystemsColumn(systemsElement, state, () => drawing.now());
const arriving = slices(() => drawing.soon());
const choices = new Choices(
  state,
  slices(() => drawing.now()),
  () => drawing.now(),
);
const polling = new Polling(look);
const loading = new EventLoading((events) => arriving.do(state.events.merge(events)));

addEventListener("hashchange", () => goTo(location.hash));
document.addEventListener("click", onClick);
document.addEventListener("keydown", (event) => {
  const { key, defaultPrevented } = event;
  if (key === "Escape" && !defaultPrevented) closeInnermost(event, state.route, panelElement);
});
document.addEventListener("change", ({ target }) => choices.change(target));
document.addEventListener("input", ({ target }) => {
  if (target instanceof HTMLInputElement && target.type === "search") choices.change(target);
});
for (const scroller of [panelElement, window]) {
  scroller.addEventListener("scroll", onScroll, { passive: true });
}
polling.now();
void start();

function draw(): void {
  keepFocus(panelElement, () => {
    document.body.dataset.view = state.route.view;
    morph(barElement, bar(state));
    morph(panelElement, panelView(state));
    systems.draw();
  });
  wayBack.take();
}

function onScroll(): void {
  if (readScroll(state, panelElement)) drawing.now();
}

/** Asks how everything is doing. */
async function look(): Promise<void> {
  const { route } = state;
  try {
    const [overview, detail] = await Promise.all([get<Overview>("overview"), readDetail()]);
    const isOther = namesIn(overview) !== namesIn(state.overview);
    state.overview = overview;
    state.reached = true;
    if (isOther) choices.apply();
    choices.keepUp();
    if (sameRoute(route, state.route)) state.detail = detail;
    else polling.now();
  } catch (error) {
    console.warn(error);
    state.reached = false;
  }
  drawing.now();
}

/** Which events belong to a chosen system depends on what the systems are. */
function namesIn(overview: Overview | undefined): string {
  return JSON.stringify(overview?.systems ?? []);
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
    follow(await loading.load(), {
      inSteps: (steps) => arriving.do(steps),
      onHop: (hop) => {
        state.events.add(hop);
        movement.show(hop);
        polling.soon();
      },
      onConnection: (connection) => {
        // It may be another run, with other events.
        if (connection === "live" && state.stream === "lost") readAgain();
        state.stream = connection;
        polling.now();
        drawing.now();
      },
      onGap: readEvents,
      onRestart: readAgain,
    });
  } catch (error) {
    console.warn(error);
    setTimeout(() => void start(), 1000);
  }
}

function readEvents(after?: number): void {
  loading.load(after).catch((error: unknown) => console.warn(error));
}

function readAgain(): void {
  arriving.clear();
  state.events.clear();
  readEvents();
}

function goTo(hash: string): void {
  const route = routeOf(hash);
  if (sameRoute(route, state.route)) return;
  // A detail that leads to a list, in whatever way, was closed.
  wayBack.set("id" in state.route && !("id" in route) ? hashOf(state.route) : undefined);
  state.route = route;
  state.detail = undefined;
  state.eventScroll = { ...state.eventScroll, top: 0, held: undefined };
  drawing.now();
  polling.now();
  // Only once it is drawn is there something to go to.
  requestAnimationFrame(() =>
    requestAnimationFrame(() => {
      if (!wayBack.isTaken) focusPanel();
    }),
  );
}

function focusPanel(): void {
  panelElement.scrollTo({ top: 0 });
  focusHeading(panelElement);
  // Without a second column, the page itself has been scrolled.
  if (isOneColumn()) scrollTo({ top: 0 });
}

function onClick({ target }: MouseEvent): void {
  const clicked = closest(target, "[data-action], [data-jump]");
  if (clicked === undefined) return;
  const { jump, action } = clicked.dataset;
  if (jump === "panel") focusPanel();
  if (action === "to-latest") scrollToLatest(state, panelElement);
  showOtherwise(state, clicked);
  drawing.now();
  perform(clicked.dataset)?.then(
    (said) => {
      if (said !== undefined) notice.say(said);
      polling.now();
    },
    (error: unknown) => notice.say(messageOf(error), "bad"),
  );
}

function slices(onSlice: () => void): Slices {
  return new Slices({ now: () => performance.now(), later: taskCaller(), onSlice });
}

function closest(target: EventTarget | null, selector: string): HTMLElement | undefined {
  const found = target instanceof Element ? target.closest<HTMLElement>(selector) : null;
  return found ?? undefined;
}

function find(selector: string): HTMLElement {
  const element = document.querySelector<HTMLElement>(selector);
  if (element === null) throw new Error(`the page has no ${selector}`);
  return element;
}
