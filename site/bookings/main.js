import { createForm } from "./form.js";
import { createList } from "./list.js";
import { createPolling } from "./polling.js";

const list = createList();

const polling = createPolling(async () => {
  // A phone that changes its network may leave a request without an answer or an error.
  const response = await fetch("bookings", { signal: AbortSignal.timeout(30_000) });
  if (!response.ok) throw new Error(`the list was answered with ${response.status}`);
  const { bookings } = await response.json();
  return list.show(bookings);
});

const form = createForm((booking) => {
  list.add(booking);
  polling.wake();
});

list.onDecision(form.announce);
