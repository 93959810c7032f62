const money = new Intl.NumberFormat("en-IE", {
  style: "currency",
  currency: "EUR",
  maximumFractionDigits: 0,
});
const dayAndMonth = new Intl.DateTimeFormat("en-GB", {
  day: "numeric",
  month: "short",
  timeZone: "UTC",
});
const clock = new Intl.DateTimeFormat("en-GB", { timeStyle: "medium" });

/** `€520` */
export function euros(amount) {
  return money.format(amount);
}

/** `30 May – 1 June` for two days written as 2026-05-30. */
export function days(from, to) {
  return dayAndMonth.formatRange(new Date(from), new Date(to));
}

const noBreak = "\u00a0";

/** Replaces days in a text, `30 May` for 2026-05-30, without line breaks within a day. */
export function withDays(text) {
  return text.replace(/\d{4}-\d{2}-\d{2}/g, (day) => days(day, day).replace(" ", noBreak));
}

/** `10:30:05` in local time. */
export function timeOfDay(time) {
  return clock.format(new Date(time));
}

/** `0.3 s` */
export function seconds(from, to) {
  const passed = Math.max(0, new Date(to) - new Date(from)) / 1000;
  return `${passed.toFixed(passed < 10 ? 1 : 0)} s`;
}

/** `1 night`, `2 nights` */
export function count(number, one) {
  return `${number} ${one}${number === 1 ? "" : "s"}`;
}

export function capital(word) {
  return word.charAt(0).toUpperCase() + word.slice(1);
}
