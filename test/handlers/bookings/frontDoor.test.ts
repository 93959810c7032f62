import { PublishCommand } from "@aws-sdk/client-sns";
import { PutCommand } from "@aws-sdk/lib-dynamodb";
import { expect } from "chai";
import type { BookingRequest } from "../../../handlers/bookings/bookingRequest.ts";
import type { HttpHandler, HttpRequest } from "../../../handlers/samples/httpApi.ts";
import { bookingId, bookingRequest, storedBooking } from "../../harness/handlers/bookings.ts";
import { useDatabase } from "../../harness/handlers/database.ts";
import { useEnvironment } from "../../harness/handlers/environment.ts";
import { runHandler } from "../../harness/handlers/handlerRun.ts";
import { httpRequest, jsonRequest } from "../../harness/handlers/httpRequests.ts";
import { SdkCalls } from "../../harness/handlers/sdkCalls.ts";

const topicArn = "arn:aws:sns:eu-west-1:000000000000:bookings";
const key = "3f2b8c1e-0d4a-4c56-9f6e-1a2b3c4d5e6f";

describe("the front door", () => {
  const database = useDatabase(
    { bookings: "bookingId" },
    { bookings: [{ name: "latest", hashKey: "list", rangeKey: "requestedAt" }] },
  );
  useEnvironment(() => ({
    BOOKINGS_TABLE: "bookings",
    TOPIC_ARN: topicArn,
    AWS_ENDPOINT_URL_DYNAMODB: database().url,
  }));

  let handler: HttpHandler;
  let calls: SdkCalls;

  before(async () => {
    ({ handler } = await import("../../../handlers/bookings/frontDoor.ts"));
  });

  beforeEach(() => {
    calls = new SdkCalls();
    calls.on(PublishCommand, () => ({ MessageId: "m-1" }));
    calls.start({ othersGoThrough: true });
  });

  afterEach(() => calls.stop());

  async function send(request: HttpRequest) {
    const { result } = await runHandler(handler, request);
    return { status: result.statusCode, body: JSON.parse(result.body ?? "") };
  }

  const book = (changes: Partial<BookingRequest> = {}, headers: Record<string, string> = {}) =>
    send(jsonRequest("POST /bookings", bookingRequest(10, changes), headers));

  const published = () => calls.of(PublishCommand).map(({ Message = "" }) => JSON.parse(Message));

  describe("POST /bookings", () => {
    it("gives the booking an id, stores it, publishes it, and answers 202", async () => {
      const asked = bookingRequest(10);
      const { status, body } = await book();
      expect(status).to.equal(202);
      expect(body.bookingId).to.match(/^[0-9a-f]{32}$/);
      const booking = {
        bookingId: body.bookingId,
        requestedAt: body.requestedAt,
        ...asked,
        total: 520,
      };
      expect(await database().all("bookings")).to.deep.equal([
        { ...booking, list: "all", status: "received", outcomes: {} },
      ]);
      expect(published()).to.deep.equal([{ event: "requested", ...booking }]);
      expect(calls.of(PublishCommand)[0]).to.deep.include({
        TopicArn: topicArn,
        MessageAttributes: {
          event: { DataType: "String", StringValue: "requested" },
          roomType: { DataType: "String", StringValue: "suite" },
        },
      });
    });

    it("stores before it publishes, so that no consumer comes before the booking", async () => {
      await book();
      expect(calls.made.map(({ command }) => command)).to.deep.equal([
        "PutCommand",
        "PublishCommand",
      ]);
    });

    it("multiplies the nights by the price of the room", async () => {
      const { body } = await book({ roomType: "single", guests: 1 });
      expect(body.total).to.equal(180);
    });

    it("gives every booking an id of its own", async () => {
      const ids = [await book(), await book()].map(({ body }) => body.bookingId);
      expect(new Set(ids).size).to.equal(2);
    });

    for (const [what, changes, field] of [
      ["no day", { checkIn: "soon" }, "checkIn"],
      ["no room", { roomType: "penthouse" }, "roomType"],
      ["an unknown field", { discount: 100 }, "discount"],
    ] as const) {
      it(`answers 400 with the field's name for ${what}, and stores and publishes nothing`, async () => {
        const request = jsonRequest("POST /bookings", { ...bookingRequest(10), ...changes });
        const { status, body } = await send(request);
        expect(status).to.equal(400);
        expect(body.message).to.equal(`Please check: ${field}.`);
        expect(body.problems.map((problem: { field: string }) => problem.field)).to.deep.equal([
          field,
        ]);
        expect(calls.made).to.deep.equal([]);
      });
    }

    it("answers 413 above 4 KB", async () => {
      const { status } = await send(
        jsonRequest("POST /bookings", { ...bookingRequest(10), name: "a".repeat(4096) }),
      );
      expect(status).to.equal(413);
      expect(calls.made).to.deep.equal([]);
    });

    it("answers 500 without the reason when it cannot publish, and the same request again makes one booking", async () => {
      calls.on(PublishCommand, () => {
        throw new Error("the topic is not there");
      });
      const failed = await book({}, { "idempotency-key": key });
      expect(failed.status).to.equal(500);
      expect(JSON.stringify(failed.body)).not.to.contain("topic");
      calls.on(PublishCommand, () => ({ MessageId: "m-1" }));
      const { status, body } = await book({}, { "idempotency-key": key });
      expect(status).to.equal(202);
      const stored = await database().all("bookings");
      expect(stored).to.have.length(1);
      expect(stored[0]).to.include({ bookingId: body.bookingId, requestedAt: body.requestedAt });
      expect(published().at(-1)).to.include({ bookingId: body.bookingId });
    });

    it("publishes nothing that it could not store", async () => {
      calls.on(PutCommand, () => {
        throw new Error("no such table");
      });
      expect((await book()).status).to.equal(500);
      expect(published()).to.deep.equal([]);
    });

    it("answers 409 when a key is used for another booking, and leaves the first as it is", async () => {
      const { body } = await book({}, { "idempotency-key": key });
      const { status } = await book({ email: "eve@example.com" }, { "idempotency-key": key });
      expect(status).to.equal(409);
      expect(await database().get("bookings", body.bookingId)).to.include({
        email: "ada@example.com",
      });
      expect(published()).to.have.length(1);
    });

    it("answers 400 for a key that is none", async () => {
      const { status, body } = await book({}, { "idempotency-key": "1" });
      expect(status).to.equal(400);
      expect(body.problems[0].field).to.equal("Idempotency-Key");
      expect(calls.made).to.deep.equal([]);
    });

    it("does not tell the key by the id", async () => {
      const { body } = await book({}, { "idempotency-key": key });
      expect(body.bookingId).not.to.contain(key.slice(0, 8));
    });

    it("answers without the guest's name and address", async () => {
      const { body } = await book();
      expect(body).to.have.all.keys(
        "bookingId",
        "requestedAt",
        "roomType",
        "checkIn",
        "checkOut",
        "guests",
        "total",
        "status",
        "outcomes",
      );
    });
  });

  describe("GET /bookings", () => {
    it("is empty at first", async () => {
      const { status, body } = await send(httpRequest("GET /bookings"));
      expect({ status, body }).to.deep.equal({ status: 200, body: { bookings: [] } });
    });

    it("gives the 20 latest, the latest first, with each consumer's outcome, and without names and addresses", async () => {
      for (let number = 1; number <= 22; number++) {
        const requestedAt = new Date(Date.UTC(2026, 0, 31, 10, number)).toISOString();
        const stored = storedBooking({ bookingId: bookingId(number), requestedAt });
        const outcomes = { payments: { outcome: "charged", at: requestedAt } };
        await database().put("bookings", { ...stored, status: "confirmed", outcomes });
      }
      const { body } = await send(httpRequest("GET /bookings"));
      const ids = body.bookings.map((booking: { bookingId: string }) => booking.bookingId);
      expect(ids).to.deep.equal(Array.from({ length: 20 }, (_, index) => bookingId(22 - index)));
      expect(body.bookings[0]).to.deep.equal({
        bookingId: bookingId(22),
        requestedAt: "2026-01-31T10:22:00.000Z",
        roomType: "suite",
        checkIn: "2026-05-30",
        checkOut: "2026-06-01",
        guests: 2,
        total: 520,
        status: "confirmed",
        outcomes: { payments: { outcome: "charged", at: "2026-01-31T10:22:00.000Z" } },
      });
    });
  });
});
