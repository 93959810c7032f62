import { count, euros, withDays } from "./format.js";
import { rememberOwn } from "./ownBookings.js";

const day = 24 * 60 * 60 * 1000;

const form = document.querySelector("#booking");
const button = form.querySelector("button");
const answer = document.querySelector("#answer");
const total = document.querySelector("#total");
const { checkIn, checkOut, guests } = form.elements;

/**
 * The form. Only the server validates; its messages are displayed beside the fields.
 *
 * @param {(booking: object) => void} onBooked receives each accepted booking
 */
export function createForm(onBooked) {
  let attempt = newAttempt();

  form.addEventListener("submit", async (event) => {
    event.preventDefault();
    if (button.getAttribute("aria-disabled") === "true") return;
    button.setAttribute("aria-disabled", "true");
    clearProblems();
    say("Sending…");
    const body = JSON.stringify(readForm());
    attempt = attempt.body === body ? attempt : newAttempt(body);
    const booked = await send(attempt);
    if (booked) {
      attempt = newAttempt();
      rememberOwn(booked.bookingId);
      say("We have your request. Follow it in the list; an e-mail will tell you too.");
      onBooked(booked);
    }
    button.removeAttribute("aria-disabled");
  });

  form.addEventListener("input", ({ target }) => clearProblem(target.closest(".field")));
  form.addEventListener("change", tidy);
  startWithTomorrow();
  tidy();

  return {
    /** Displays the decision on a booking of this browser. */
    announce({ roomType, status, outcomes }) {
      if (status === "confirmed") return say(`Your ${roomType} is confirmed.`);
      const { reason = "" } = outcomes.reservations ?? {};
      complain(`Your booking was rejected. ${withDays(reason)}`);
    },
  };
}

/**
 * The idempotency key of a request: repeated after a failure, it remains one booking.
 * https://datatracker.ietf.org/doc/draft-ietf-httpapi-idempotency-key-header/
 */
function newAttempt(body) {
  return { body, key: crypto.randomUUID() };
}

async function send({ body, key }) {
  try {
    const response = await fetch("bookings", {
      method: "POST",
      headers: { "content-type": "application/json", "idempotency-key": key },
      body,
    });
    const result = await response.json();
    if (response.status === 202) return result;
    showRefusal(result);
  } catch (error) {
    console.warn(error);
    complain("The hotel cannot be reached. Nothing is booked twice if you try again.");
  }
  return undefined;
}

function readForm() {
  const fields = Object.fromEntries(new FormData(form));
  return { ...fields, guests: Number(fields.guests) };
}

function showRefusal({ message, problems = [] }) {
  const shown = problems.filter((problem) => showProblem(problem));
  const others = problems.filter((problem) => !shown.includes(problem));
  complain(
    [shown.length > 0 ? "Please check what is marked." : message, ...others.map(sentence)].join(
      " ",
    ),
  );
  form.querySelector(".field.wrong :is(input, select)")?.focus();
}

function sentence({ field, message }) {
  return `${field}: ${message}`;
}

function showProblem({ field, message }) {
  const place = form.querySelector(`[data-field="${CSS.escape(field)}"]`);
  if (place === null) return false;
  place.classList.add("wrong");
  place.querySelector(".problem").textContent = message;
  for (const input of place.querySelectorAll("input, select")) input.ariaInvalid = "true";
  return true;
}

function clearProblems() {
  for (const place of form.querySelectorAll(".field.wrong")) clearProblem(place);
}

function clearProblem(place) {
  place.classList.remove("wrong");
  place.querySelector(".problem").textContent = "";
  for (const input of place.querySelectorAll("input, select")) input.ariaInvalid = null;
}

function say(text) {
  answer.classList.remove("wrong");
  answer.textContent = text;
}

function complain(text) {
  answer.classList.add("wrong");
  answer.textContent = text;
}

function startWithTomorrow() {
  const today = Date.parse(new Intl.DateTimeFormat("sv-SE").format(new Date()));
  checkIn.min = asText(today);
  checkIn.value = asText(today + day);
  checkOut.value = asText(today + 3 * day);
}

/** Limits guests to the beds, moves the departure after the arrival, and updates the total. */
function tidy(event) {
  const { price, guests: beds } = form.querySelector("[name=roomType]:checked").dataset;
  for (const option of guests.options) option.disabled = Number(option.value) > Number(beds);
  if (Number(guests.value) > Number(beds)) guests.value = beds;
  if (checkIn.value) keepDepartureAfter(checkIn.valueAsNumber, event?.target === checkIn);
  showTotal((checkOut.valueAsNumber - checkIn.valueAsNumber) / day, price);
}

function keepDepartureAfter(arrival, isNew) {
  checkOut.min = asText(arrival + day);
  if (isNew && checkOut.valueAsNumber <= arrival) checkOut.value = asText(arrival + day);
}

function showTotal(nights, price) {
  const known = nights > 0;
  const amount = document.createElement("strong");
  amount.textContent = known ? euros(nights * price) : "–";
  const stay = document.createElement("span");
  stay.textContent = known ? count(nights, "night") : "Choose your days";
  total.replaceChildren(amount, stay);
}

function asText(time) {
  return new Date(time).toISOString().slice(0, 10);
}
