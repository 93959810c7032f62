import * as v from "valibot";
import type { Scene } from "../../demo/scene.ts";
import type { SceneRunner } from "../../demo/sceneRunner.ts";

const guests = ["ada@example.com", "eve@example.com"];

export const scene: Scene = {
  name: "bookings",
  title: "Two guests book the same room for the same nights: one gets it, and both are notified",
  systems: ["bookings"],
  play: async (runner) => {
    const answers = await Promise.all(guests.map((email) => book(runner, { email })));
    const refused = await book(runner, { guests: 9, email: "ada" });
    const ids = answers.map(({ body }) => body.bookingId ?? "");
    await runner.until("each consumer deals with both bookings", async () =>
      (await listed(runner, ids)).every(isThrough),
    );
    const both = await listed(runner, ids);
    const winner = both.find(({ status }) => status === "confirmed");
    const loser = both.find(({ status }) => status === "rejected");
    for (const each of [winner, loser]) showPaths(runner, each);

    runner.check(
      "the front door accepted both bookings",
      answers.map(({ status }) => status),
      [202, 202],
    );
    runner.check(
      "it rejected an invalid one and named the fields",
      [refused.status, refused.body.problems?.map(({ field }) => field)],
      [400, ["email", "guests"]],
    );
    runner.check(
      "one is confirmed, charged and counted, and the guest is notified",
      outcomes(winner),
      {
        analytics: "counted",
        notifications: "sent",
        payments: "charged",
        reservations: "confirmed",
      },
    );
    runner.check("the other is rejected and counted, and the guest is notified", outcomes(loser), {
      analytics: "counted",
      notifications: "sent",
      reservations: "rejected",
    });
    runner.check(
      "every night belongs to the confirmed booking",
      await nightsOf(runner, ids),
      Array(nights).fill(winner?.bookingId),
    );
    runner.check("each guest received one mail", mails(runner), [
      "Your booking of the double is not possible",
      "Your double is booked",
    ]);
  },
};

const bookingShape = v.object({
  bookingId: v.string(),
  status: v.string(),
  outcomes: v.record(v.string(), v.object({ outcome: v.string() })),
});

type Booking = v.InferOutput<typeof bookingShape>;

const answerShape = v.object({
  bookingId: v.optional(v.string()),
  problems: v.optional(v.array(v.object({ field: v.string() }))),
});

const nights = 2;
const dayMilliseconds = 24 * 60 * 60 * 1000;

/** Posts the form of the page: the double room, in a month, for two nights. */
async function book(runner: SceneRunner, changes: object) {
  const day = (days: number) =>
    new Date(Date.now() + days * dayMilliseconds).toISOString().slice(0, 10);
  const stay = { roomType: "double", checkIn: day(30), checkOut: day(30 + nights), guests: 2 };
  const response = await fetch(apiOf(runner), {
    method: "POST",
    headers: { "content-type": "application/json" },
    body: JSON.stringify({ ...stay, name: "Guest", ...changes }),
  });
  return { status: response.status, body: v.parse(answerShape, await response.json()) };
}

/** The bookings with these ids, from the list of the page. */
async function listed(runner: SceneRunner, ids: readonly string[]): Promise<Booking[]> {
  const response = await fetch(apiOf(runner));
  const { bookings } = v.parse(
    v.object({ bookings: v.array(bookingShape) }),
    await response.json(),
  );
  return bookings.filter(({ bookingId }) => ids.includes(bookingId));
}

function apiOf(runner: SceneRunner): URL {
  return new URL("bookings", runner.output("bookings", "url"));
}

/** Whether every consumer that handles the booking has handled it. */
function isThrough({ status, outcomes: found }: Booking): boolean {
  return Object.keys(found).length === (status === "rejected" ? 3 : 4);
}

function outcomes(booking: Booking | undefined): Record<string, string> {
  const found = Object.entries(booking?.outcomes ?? {}).sort(([a], [b]) => a.localeCompare(b));
  return Object.fromEntries(found.map(([consumer, { outcome }]) => [consumer, outcome]));
}

/** Shows the path of each event of a booking. */
function showPaths(runner: SceneRunner, booking: Booking | undefined): void {
  if (booking === undefined) return;
  for (const hop of runner.run.cloud.trace.recent()) {
    if (hop.kind !== "published" || !hop.body.includes(booking.bookingId)) continue;
    const event = hop.attributes?.event?.stringValue ?? "";
    runner.showPath(`booking ${booking.bookingId.slice(0, 8)} is ${event}`, hop.event);
  }
}

async function nightsOf(runner: SceneRunner, ids: readonly string[]): Promise<unknown[]> {
  const items = await runner.aws.itemsIn(runner.output("bookings", "nightsTable"));
  return items
    .map(({ bookingId }) => bookingId)
    .filter((bookingId) => ids.includes(String(bookingId)));
}

/** The subjects of the guests' mails, without the day. */
function mails(runner: SceneRunner): string[] {
  return runner.run.cloud.outbox
    .list()
    .filter(({ to }) => to.some((address) => guests.includes(address)))
    .map(({ subject = "" }) => subject.replace(/, from .*/, ""))
    .filter((subject) => subject.includes("double"))
    .sort();
}
