import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { json } from "node:stream/consumers";
import { expect } from "chai";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { OtlpExporter } from "../../../../local/trace/otlp/otlpExporter.ts";
import { spanIdOf, traceIdOf } from "../../../../local/trace/spans/spanIds.ts";
import { Trace } from "../../../../local/trace/trace.ts";
import { freePort } from "../../../harness/endpoints/freePort.ts";

const topic = "arn:aws:sns:eu-west-1:000000000000:orders";

describe("the export of traces", () => {
  it("sends the spans in OTLP's JSON, and what is left when it ends", async () => {
    const requests: { readonly url: string | undefined; readonly body: unknown }[] = [];
    const receiver = createServer(async (request, response) => {
      requests.push({ url: request.url, body: await json(request) });
      response.end("{}");
    });
    await new Promise<void>((resolve) => receiver.listen(0, "127.0.0.1", resolve));
    const { port } = receiver.address() as AddressInfo;
    const failures: string[] = [];
    const clock = new ManualClock();
    const trace = new Trace(clock);
    try {
      const exporter = new OtlpExporter(trace, {
        url: `http://127.0.0.1:${port}`,
        onFailure: (message) => failures.push(message),
      });
      trace.record("e", "caller", topic, { kind: "published", messageId: "m", body: "{}" });
      await exporter.close();
    } finally {
      receiver.close();
    }
    expect(failures).to.deep.equal([]);
    const time = String(BigInt(clock.now()) * 1_000_000n);
    const text = (key: string, stringValue: string) => ({ key, value: { stringValue } });
    expect(requests).to.have.length(1);
    expect(requests[0]?.url).to.equal("/v1/traces");
    expect(requests[0]?.body).to.deep.equal({
      resourceSpans: [
        {
          resource: {
            attributes: [
              text("service.name", "orders"),
              text("cloud.provider", "aws"),
              text("deployment.environment.name", "fanout-local"),
            ],
          },
          scopeSpans: [
            {
              scope: { name: "fanout" },
              spans: [
                {
                  traceId: traceIdOf("e"),
                  spanId: spanIdOf({ event: "e", sequence: 1 }),
                  name: "publish orders",
                  kind: 4,
                  startTimeUnixNano: time,
                  endTimeUnixNano: time,
                  attributes: [
                    text("fanout.event", "e"),
                    text("fanout.step", "published"),
                    text("messaging.destination.name", "orders"),
                    text("messaging.message.id", "m"),
                  ],
                },
              ],
            },
          ],
        },
      ],
    });
  });

  it("reports a receiver that is away, and loses nothing but the traces", async () => {
    const trace = new Trace(new ManualClock());
    const failures: string[] = [];
    const url = `http://127.0.0.1:${await freePort()}`;
    const exporter = new OtlpExporter(trace, {
      url,
      onFailure: (message) => failures.push(message),
    });
    trace.record("e", "caller", topic, { kind: "published", messageId: "m", body: "{}" });
    await exporter.close();
    expect(failures).to.have.length(1);
    expect(failures[0]).to.match(/\/v1\/traces takes no traces: connect ECONNREFUSED/);
  });
});
