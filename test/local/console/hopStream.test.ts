import { once } from "node:events";
import { createServer, type Server } from "node:http";
import type { AddressInfo } from "node:net";
import { expect } from "chai";
import { streamHops } from "../../../local/console/hopStream.ts";
import { ManualClock } from "../../../local/time/manualClock.ts";
import { Trace } from "../../../local/trace/trace.ts";
import {
  type EventReader,
  readEvents,
  type ServerSentEvent,
} from "../../harness/endpoints/serverSentEvents.ts";

describe("the stream of hops", () => {
  let trace: Trace;
  let server: Server;
  let url: string;
  let readers: EventReader[];

  beforeEach(async () => {
    trace = new Trace(new ManualClock());
    readers = [];
    server = createServer((request, response) => streamHops(trace, request, response));
    await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
    url = `http://127.0.0.1:${(server.address() as AddressInfo).port}/_fanout/events`;
  });

  afterEach(async () => {
    for (const reader of readers) reader.close();
    server.closeAllConnections();
    await new Promise((resolve) => server.close(resolve));
  });

  async function read(address = url, headers = {}): Promise<EventReader> {
    const reader = await readEvents(address, headers);
    readers.push(reader);
    return reader;
  }

  function publish(count: number, body = "x"): void {
    for (let sent = 0; sent < count; sent++) {
      trace.record("e", "publisher", "topic", { kind: "published", messageId: "m", body });
    }
  }

  const withId = (id: number) => (event: ServerSentEvent) => event.id === String(id);
  const ids = (events: ServerSentEvent[]) => events.map(({ id }) => Number(id));

  it("begins with what is known, and goes on with what happens", async () => {
    publish(2);
    const reader = await read();
    expect(ids(await reader.until(withId(2)))).to.deep.equal([1, 2]);
    publish(1, "later");
    const [event] = await reader.until(withId(3));
    expect(event).to.deep.equal({ event: "hop", id: "3", data: trace.recent()[2] });
    expect(event?.data).to.include({ kind: "published", body: "later", sequence: 3 });
  });

  it("begins after the hop that the reader saw last", async () => {
    publish(4);
    const again = await read(url, { "last-event-id": "2" });
    expect(ids(await again.until(withId(4)))).to.deep.equal([3, 4]);
    const asked = await read(`${url}?after=3`);
    expect(ids(await asked.until(withId(4)))).to.deep.equal([4]);
  });

  it("sends several hops in one event to a reader that asks for batches", async () => {
    publish(1200);
    const reader = await read(`${url}?batch&after=1`);
    const known = await reader.until(withId(1200));
    expect(ids(known)).to.deep.equal([501, 1001, 1200]);
    expect(known.map(({ event }) => event)).to.deep.equal(["hops", "hops", "hops"]);
    publish(3);
    const [batch] = await reader.until(withId(1203));
    expect(batch?.data).to.deep.equal(trace.recent().slice(-3));
  });

  it("begins anew for a reader of an earlier run, and for one that asks for nonsense", async () => {
    publish(2);
    for (const after of ["900", "-1", "soon"]) {
      const reader = await read(`${url}?after=${after}`);
      expect(ids(await reader.until(withId(2))), after).to.deep.equal([1, 2]);
    }
  });

  it("tells a reader that has been away too long how much it missed", async () => {
    publish(30_000);
    const oldest = trace.recent()[0]?.sequence ?? 0;
    const reader = await read(`${url}?after=1`);
    const [first, second] = await reader.until(withId(oldest));
    expect(first).to.deep.equal({ event: "gap", data: { missed: oldest - 2 } });
    expect(second).to.include({ event: "hop", id: String(oldest) });
  });

  it("keeps nothing for a reader that is too slow, and tells it what it missed", async () => {
    const reader = await read();
    const body = "x".repeat(2 ** 20);
    for (let sent = 0; sent < 200; sent++) {
      publish(1, body);
      // The server gets a turn to write, so that the reader's connection fills up.
      await new Promise((resolve) => setImmediate(resolve));
    }
    const events = await reader.until(withId(200));
    const received = events.filter(({ event }) => event === "hop").length;
    const missed = events
      .filter(({ event }) => event === "gap")
      .reduce((sum, { data }) => sum + (data as { missed: number }).missed, 0);
    expect(missed).to.be.above(100);
    expect(received + missed).to.equal(200);
  });

  it("stops listening when the reader leaves", async () => {
    let listening = 0;
    const listen = trace.listen.bind(trace);
    trace.listen = (listener) => {
      const stop = listen(listener);
      listening++;
      return () => {
        listening--;
        stop();
      };
    };
    const served = once(server, "request");
    const reader = await read();
    const [, response] = await served;
    expect(listening).to.equal(1);
    const closed = once(response, "close");
    reader.close();
    await closed;
    expect(listening).to.equal(0);
  });
});
