import type { EventBuses, NewEvent } from "./eventBuses.ts";

export type { NewEvent };

/** What a service needs of EventBridge that sends its events to the default bus. */
export type EventPublisher = Pick<EventBuses, "put">;

/** What a service needs of EventBridge that sends events to any bus. */
export type EventBusTarget = Pick<EventBuses, "putOn">;
