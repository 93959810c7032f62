import type { EventView, FailureView, Mail, QueueView, TraceView } from "../api/types.ts";
import type { BucketView, ObjectView, ShownRecord, Stores, TableItems } from "../stored/types.ts";
import { get } from "./api.ts";
import type { Route } from "./route.ts";
import type { Detail } from "./state.ts";

/** Asks for what a view shows beyond the overview; undefined where that is nothing. */
export async function detailOf(route: Route): Promise<Detail | undefined> {
  switch (route.view) {
    case "event":
      return { view: "event", ...(await eventWithTrace(route.id)) };
    case "queue":
      return { view: "queue", queue: await get<QueueView>("queue", { arn: route.id }) };
    case "failures":
      return { view: "failures", failures: await get<FailureView[]>("failures") };
    case "function":
      return { view: "invocations", invocations: await get("invocations", { function: route.id }) };
    case "invocation":
      return {
        view: "invocations",
        invocations: await get("invocations", { requestId: route.id }),
      };
    case "outbox":
      return { view: "outbox", mails: await get<Mail[]>("outbox") };
    case "stored":
      return { view: "stored", stores: await get<Stores>("stores") };
    case "bucket":
      return { view: "bucket", bucket: await get<BucketView>("bucket", { arn: route.id }) };
    case "object":
      return { view: "object", object: await get<ObjectView>("object", objectAt(route.id)) };
    case "table":
      return { view: "table", table: await get<TableItems>("table", { name: route.id }) };
    case "stream":
      return { view: "stream", records: await get<ShownRecord[]>("stream", { arn: route.id }) };
    default:
      return undefined;
  }
}

async function eventWithTrace(id: string): Promise<EventView & TraceView> {
  const [event, trace] = await Promise.all([
    get<EventView>("event", { id }),
    get<TraceView>("trace", { id }),
  ]);
  return { ...event, ...trace };
}

/** The bucket and the key in the ARN of an object: `arn:aws:s3:::photos/a/b.png`. */
export function objectAt(arn: string): { readonly arn: string; readonly key: string } {
  const slash = arn.indexOf("/");
  return { arn: arn.slice(0, slash), key: arn.slice(slash + 1) };
}
