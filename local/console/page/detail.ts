import type { EventView, Mail, QueueView } from "../api/shapes.ts";
import type { Invocation } from "../history/invocationHistory.ts";
import { ask } from "./api.ts";
import type { Route } from "./route.ts";
import type { Detail } from "./state.ts";

/** Asks for what a view shows beyond the overview; undefined where that is nothing. */
export async function detailOf(route: Route): Promise<Detail | undefined> {
  switch (route.view) {
    case "event":
      return { view: "event", ...(await ask<EventView>("event", { id: route.id })) };
    case "queue":
      return { view: "queue", queue: await ask<QueueView>("queue", { arn: route.id }) };
    case "failures":
      return { view: "invocations", invocations: await ask<Invocation[]>("failures") };
    case "function":
      return { view: "invocations", invocations: await ask("invocations", { function: route.id }) };
    case "invocation":
      return {
        view: "invocations",
        invocations: await ask("invocations", { requestId: route.id }),
      };
    case "outbox":
      return { view: "outbox", mails: await ask<Mail[]>("outbox") };
    default:
      return undefined;
  }
}
