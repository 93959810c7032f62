import { capital, count, days, euros, seconds, timeOfDay, withDays } from "./format.js";
import { isOwn } from "./ownBookings.js";

const list = document.querySelector("#list");
const empty = document.querySelector("#empty");
const entryTemplate = document.querySelector("#booking-template");
const stepTemplate = document.querySelector("#step-template");

const states = { received: "Requested", confirmed: "Confirmed", rejected: "Rejected" };
const consumers = ["reservations", "payments", "notifications", "analytics"];

/** The live list: each booking with its outcome at every consumer. */
export function createList() {
  const entries = new Map();
  let added = [];
  let onDecision = () => {};
  let shown = "";

  function show(bookings) {
    added = added.filter(({ bookingId }) => bookings.every((each) => each.bookingId !== bookingId));
    const all = [...added, ...bookings].map((booking) => ({
      ...booking,
      own: isOwn(booking.bookingId),
    }));
    const isNew = shown !== JSON.stringify(all);
    if (isNew) draw(all);
    shown = JSON.stringify(all);
    return isNew;
  }

  function draw(bookings) {
    const first = entries.size === 0;
    for (const booking of bookings) {
      const known = entries.get(booking.bookingId);
      const element = known?.element ?? newEntry(first);
      entries.set(booking.bookingId, { element, booking });
      fill(element, booking);
      if (known && isOwnDecision(booking) && !isOwnDecision(known.booking)) onDecision(booking);
    }
    place(bookings);
    empty.hidden = bookings.length > 0;
  }

  /** Leaves elements in place: moving one would end its animation and its focus. */
  function place(bookings) {
    const wanted = bookings.map(({ bookingId }) => entries.get(bookingId).element);
    for (const [bookingId, { element }] of entries) {
      if (wanted.includes(element)) continue;
      element.remove();
      entries.delete(bookingId);
    }
    wanted.forEach((element, index) => {
      if (list.children[index] !== element)
        list.insertBefore(element, list.children[index] ?? null);
    });
  }

  return {
    show,
    /** Shows a booking at once: the server's list is eventually consistent. */
    add(booking) {
      const others = JSON.parse(shown || "[]").filter(
        (each) => each.bookingId !== booking.bookingId,
      );
      added = [booking];
      show(others);
    },
    /** Calls `listener` when a booking of this browser is decided. */
    onDecision(listener) {
      onDecision = listener;
    },
  };
}

/** A booking whose first answer was lost is in the list, as a stranger's, before it is known to be this browser's. */
function isOwnDecision({ own, status }) {
  return own && status !== "received";
}

function newEntry(first) {
  const element = entryTemplate.content.cloneNode(true).firstElementChild;
  element.classList.toggle("new", !first);
  const steps = element.querySelector(".steps");
  for (const consumer of consumers) {
    const step = stepTemplate.content.cloneNode(true).firstElementChild;
    step.dataset.consumer = consumer;
    step.querySelector("dt").textContent = capital(consumer);
    steps.append(step);
  }
  return element;
}

function fill(element, booking) {
  const { bookingId, roomType, checkIn, checkOut, guests, total, status, requestedAt, own } =
    booking;
  element.dataset.booking = bookingId;
  element.classList.toggle("own", own);
  write(element, ".entry-room", capital(roomType));
  write(element, ".entry-days", days(checkIn, checkOut));
  const facts = [count(guests, "guest"), euros(total), timeOfDay(requestedAt)];
  write(element, ".entry-facts", (own ? ["Yours", ...facts] : facts).join(" · "));
  write(element, ".state", states[status]).dataset.state = status;
  for (const consumer of consumers) fillStep(element, consumer, booking);
  const { reason = "" } = booking.outcomes.reservations ?? {};
  write(element, ".reason", withDays(reason)).hidden = reason === "";
}

function fillStep(element, consumer, { status, requestedAt, outcomes }) {
  const step = element.querySelector(`[data-consumer="${consumer}"]`);
  const outcome = outcomes[consumer];
  const state = stepState(consumer, status, outcome);
  step.dataset.state = state;
  write(
    step,
    ".step-outcome",
    outcome?.outcome ?? (state === "none" ? "nothing to do" : "waiting"),
  );
  write(step, ".step-time", outcome ? seconds(requestedAt, outcome.at) : "");
}

function stepState(consumer, status, outcome) {
  if (outcome) return ["rejected", "refused"].includes(outcome.outcome) ? "bad" : "good";
  return consumer === "payments" && status === "rejected" ? "none" : "waiting";
}

/** Writes only changes, so that screen readers do not repeat the rest. */
function write(element, selector, text) {
  const target = element.querySelector(selector);
  if (target.textContent !== text) target.textContent = text;
  return target;
}
