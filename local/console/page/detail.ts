import type { EventView, Mail, QueueView } from "../api/types.ts";
import type { Invocation } from "../history/invocationHistory.ts";
import { get } from "./api.ts";
import type { Route } from "./route.ts";
import type { Detail } from "./state.ts";

/** Asks for what a view shows beyond the overview; undefined where that is nothing. */
export async function detailOf(route: Route): Promise<Detail | undefined> {
  switch (route.view) {
    case "event":
      return { view: "event", ...(await get<EventView>("event", { id: route.id })) };
    case "queue":
      return { view: "queue", queue: await get<QueueView>("queue", { arn: route.id }) };
    case "failures":
      return { view: "invocations", invocations: await get<Invocation[]>("failures") };
    case "function":
      return { view: "invocations", invocations: await get("invocations", { function: route.id }) };
    case "invocation":
      return {
        view: "invocations",
        invocations: await get("invocations", { requestId: route.id }),
      };
    case "outbox":
      return { view: "outbox", mails: await get<Mail[]>("outbox") };
    default:
      return undefined;
  }
}
