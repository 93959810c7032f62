import type * as aws from "@pulumi/aws";
import { FanoutTopic, type FilterFor, HandlerFunction } from "../../components/index.ts";
import type { bookingMessage } from "../../handlers/bookings/booking.ts";
import type { Settings } from "../../settings.ts";
import { onIndex, onTable, recordIdempotency, sendMail } from "../shared/permissions.ts";
import { createIdempotencyTable, createTable } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";
import { FrontDoor } from "./frontDoor/frontDoor.ts";

/**
 * Bookings of hotel rooms, by a web page and an API. Four consumers filter by the attribute `event`: the front
 * door publishes `requested`; reservations publishes `confirmed` or `rejected` on the same topic.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const { logRetentionDays, maxConcurrency, forceDestroy, protect, sender } = settings;
  const tables = createTables(settings);
  const onBooking = onTable(tables.bookings, "UpdateItem");
  const handler = { timeoutSeconds: 10, logRetentionDays };
  const BOOKINGS_TABLE = tables.bookings.name;

  const topic = new FanoutTopic("bookings", {
    ...settings.topicArgs,
    consumers: [
      {
        name: "reservations",
        filter: { event: ["requested"] } satisfies BookingFilter,
        maxConcurrency,
        handler: {
          ...handler,
          entry: "handlers/bookings/reservations.ts",
          publishes: true,
          environment: { BOOKINGS_TABLE, NIGHTS_TABLE: tables.nights.name },
          permissions: [
            onTable(tables.bookings, "GetItem", "UpdateItem"),
            onTable(tables.nights, "PutItem"),
          ],
        },
      },
      {
        name: "payments",
        filter: { event: ["confirmed"] } satisfies BookingFilter,
        maxConcurrency,
        handler: {
          ...handler,
          entry: "handlers/bookings/payments.ts",
          environment: { BOOKINGS_TABLE, CHARGES_TABLE: tables.charges.name },
          permissions: [onBooking, onTable(tables.charges, "GetItem", "PutItem")],
        },
      },
      {
        name: "notifications",
        filter: { event: ["confirmed", "rejected"] } satisfies BookingFilter,
        maxConcurrency,
        handler: {
          ...handler,
          entry: "handlers/bookings/notifications.ts",
          environment: { BOOKINGS_TABLE, IDEMPOTENCY_TABLE: tables.sent.name, SENDER: sender },
          permissions: [onBooking, recordIdempotency(tables.sent), sendMail(sender)],
        },
      },
      {
        name: "analytics",
        filter: { event: ["requested", "confirmed", "rejected"] } satisfies BookingFilter,
        // Bookings of a day and room update the same counter: more concurrency would only cause conflicts.
        maxConcurrency: 2,
        handler: {
          ...handler,
          entry: "handlers/bookings/analytics.ts",
          environment: {
            BOOKINGS_TABLE,
            COUNTS_TABLE: tables.counts.name,
            IDEMPOTENCY_TABLE: tables.counted.name,
          },
          permissions: [
            onBooking,
            onTable(tables.counts, "UpdateItem"),
            onTable(tables.counted, "PutItem"),
          ],
        },
      },
    ],
  });

  const api = new HandlerFunction("bookings-front-door", {
    description: "front door of the topic bookings",
    handler: {
      ...handler,
      entry: "handlers/bookings/frontDoor.ts",
      environment: { BOOKINGS_TABLE, TOPIC_ARN: topic.topicArn },
      permissions: [
        onTable(tables.bookings, "GetItem", "PutItem"),
        onIndex(tables.bookings, latestIndex, "Query"),
      ],
    },
  });
  topic.grantPublish(api.role);
  const frontDoor = new FrontDoor("bookings", {
    site: "site/bookings",
    function: api.function,
    routes: ["POST /bookings", "GET /bookings"],
    logRetentionDays,
    forceDestroy,
    protect,
  });
  return {
    ...topicOutputs(topic),
    url: frontDoor.url,
    bookingsTable: tables.bookings.name,
    nightsTable: tables.nights.name,
    chargesTable: tables.charges.name,
    countsTable: tables.counts.name,
  };
}

type BookingFilter = FilterFor<typeof bookingMessage>;

/** The index of the latest bookings. The handlers use the same name. */
const latestIndex = "latest";

function createTables(settings: Settings): Record<TableName, aws.dynamodb.Table> {
  return {
    bookings: createTable("bookings", "bookingId", settings, {
      attributes: [text("bookingId"), text("list"), text("requestedAt")],
      globalSecondaryIndexes: [
        { name: latestIndex, hashKey: "list", rangeKey: "requestedAt", projectionType: "ALL" },
      ],
    }),
    nights: createTable("booking-nights", "roomType", settings, {
      rangeKey: "night",
      attributes: [text("roomType"), text("night")],
    }),
    charges: createTable("booking-charges", "paymentId", settings),
    sent: createIdempotencyTable("booking-mails", settings),
    counts: createTable("booking-counts", "day", settings, {
      rangeKey: "roomType",
      attributes: [text("day"), text("roomType")],
    }),
    counted: createIdempotencyTable("booking-counted", settings),
  };
}

type TableName = "bookings" | "nights" | "charges" | "sent" | "counts" | "counted";

function text(name: string) {
  return { name, type: "S" };
}
