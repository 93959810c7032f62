import { shortName } from "../../trace/shortName.ts";
import { h } from "./element.ts";
import { hashOf, linkTo } from "./route.ts";
import type { State } from "./state.ts";
import { bucketView, objectView } from "./views/bucketViews.ts";
import { addressView, topicView } from "./views/entranceViews.ts";
import { eventList } from "./views/eventList.ts";
import { eventView } from "./views/eventView.ts";
import { failuresView } from "./views/failuresView.ts";
import { detailFrame, empty } from "./views/frame.ts";
import { functionView } from "./views/functionView.ts";
import { invocationView } from "./views/invocationViews.ts";
import { lettersView } from "./views/lettersView.ts";
import { outboxView } from "./views/outboxView.ts";
import { queueView } from "./views/queueView.ts";
import { storedView, streamView, tableView } from "./views/storedView.ts";
import { triggerView } from "./views/triggerView.ts";

/** What the panel shows for a route. Beside the systems stand the events. */
export function panelView(state: State): HTMLElement {
  const { route } = state;
  // Nothing of one view is to be taken for a part of another.
  return h("div", {}, h("div", { "data-key": hashOf(route) }, view(state, route)));
}

function view(state: State, route: State["route"]): HTMLElement {
  if (state.detail?.view === "missing") return missingView(route, state.detail.message);
  switch (route.view) {
    case "systems":
    case "events":
      return eventList(state);
    case "event":
      return eventView(state, route.id);
    case "failures":
      return failuresView(state);
    case "invocation":
      return invocationView(state, route.id);
    case "letters":
      return lettersView(state);
    case "queue":
      return queueView(state, route.id);
    case "function":
      return functionView(state, route.id);
    case "topic":
      return topicView(state, route.id);
    case "bucket":
      return bucketView(state, route.id);
    case "stored":
      return storedView(state);
    case "object":
      return objectView(state, route.id);
    case "table":
      return tableView(state, route.id);
    case "stream":
      return streamView(state, route.id);
    case "address":
      return addressView(state, route.id);
    case "trigger":
      return triggerView(state, route.id);
    case "outbox":
      return outboxView(state);
  }
}

/** In place of what could not be found, or not be asked for. */
function missingView(route: State["route"], message: string): HTMLElement {
  const back = { href: linkTo("systems"), name: "Systems" };
  return detailFrame(back, "id" in route ? shortName(route.id) : route.view, empty(message));
}
