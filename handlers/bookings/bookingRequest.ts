import * as v from "valibot";
import { type RoomType, rooms, roomTypes } from "./hotel.ts";
import { daysAfter, isDay, nightCount } from "./stay.ts";

/** A stay must fit into one transaction of DynamoDB: 100 items. */
const mostNights = 30;
const mostDaysAhead = 365;

/** The guest's form. Messages of problems are displayed beside the field. */
export type BookingRequest = v.InferOutput<ReturnType<typeof bookingRequest>>;

/** @param today at the hotel, such as `2026-05-31` */
export function bookingRequest(today: string) {
  return v.pipe(
    v.strictObject(
      { roomType, checkIn: checkIn(today), checkOut: day, guests, name, email },
      shape,
    ),
    v.forward(
      v.partialCheck(
        [["checkIn"], ["checkOut"]],
        (stay) => !(nightCount(stay.checkIn, stay.checkOut) < 1),
        "Choose a day after your arrival.",
      ),
      ["checkOut"],
    ),
    v.forward(
      v.partialCheck(
        [["checkIn"], ["checkOut"]],
        (stay) => !(nightCount(stay.checkIn, stay.checkOut) > mostNights),
        `Book ${mostNights} nights at most.`,
      ),
      ["checkOut"],
    ),
    v.forward(
      v.partialCheck(
        [["roomType"], ["guests"]],
        (stay) => stay.guests <= rooms[stay.roomType].mostGuests,
        ({ input }) => `The ${input.roomType} takes ${people(input.roomType)} at most.`,
      ),
      ["guests"],
    ),
  );
}

const roomType = v.picklist(roomTypes, `Choose a room: ${roomTypes.join(", ")}.`);

const day = v.pipe(
  v.string("Choose a day."),
  v.check(isDay, "Choose a day, written as 2026-05-31."),
);

function checkIn(today: string) {
  const last = daysAfter(today, mostDaysAhead);
  return v.pipe(
    day,
    v.minValue(today, "Choose today or a later day."),
    v.maxValue(last, `Choose a day up to ${last}.`),
  );
}

const wholeNumber = "Enter how many guests will stay.";
const guests = v.pipe(v.number(wholeNumber), v.integer(wholeNumber), v.minValue(1, wholeNumber));

const yourName = "Enter your name, 100 characters at most.";
const name = v.pipe(
  v.string(yourName),
  v.trim(),
  v.nonEmpty(yourName),
  v.maxLength(100, yourName),
  v.regex(/^\P{C}*$/u, "Leave out line breaks and control characters."),
);

const address = "Enter an e-mail address, such as ada@example.com.";
const email = v.pipe(v.string(address), v.trim(), v.email(address), v.maxLength(254, address));

function shape({ expected }: v.BaseIssue<unknown>): string {
  if (expected === "never") return "This is not a field of a booking.";
  return expected === "Object" ? "The body must be a JSON object." : "This is missing.";
}

function people(type: RoomType): string {
  const { mostGuests } = rooms[type];
  return mostGuests === 1 ? "1 guest" : `${mostGuests} guests`;
}
