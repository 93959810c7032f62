import { gzipSync } from "node:zlib";
import { cbor, dateToTag } from "@smithy/core/cbor";
import { expect } from "chai";
import { owner } from "../../../../local/protocol/access.ts";
import { Alarms } from "../../../../local/services/cloudwatch/alarms/alarms.ts";
import { cloudWatchService } from "../../../../local/services/cloudwatch/api/cloudWatch.ts";
import { Metrics } from "../../../../local/services/cloudwatch/metrics.ts";
import { ManualClock } from "../../../../local/time/manualClock.ts";
import { failureOf } from "../../../harness/assertions/failure.ts";
import { allowEverything } from "../../../harness/cloud/lambda.ts";
import { serve } from "../../../harness/endpoints/loopback.ts";

const minute = 60_000;
const start = Date.UTC(2026, 0, 1);
const dimensions = [{ Name: "Shop", Value: "berlin" }];

type Answer = { readonly status: number; readonly output: unknown };

describe("CloudWatch's metrics, in each of its protocols", () => {
  let url: string;
  let close: () => Promise<void>;
  let service: ReturnType<typeof cloudWatchService>;

  before(async () => {
    const clock = new ManualClock(async () => {}, start);
    const metrics = new Metrics({ clock });
    const alarms = new Alarms({ clock, metrics });
    const options = { metrics, alarms, measure: () => {}, now: () => clock.now() };
    service = cloudWatchService({ ...options, authorize: allowEverything, region: "eu-west-1" });
    const server = await serve(service);
    ({ url } = server);
    close = () => server.close();
    await inJson("PutMetricData", {
      Namespace: "Shop",
      MetricData: [
        {
          MetricName: "Orders",
          Dimensions: dimensions,
          Timestamp: start / 1000,
          Values: [1, 5],
          Counts: [2, 1],
        },
        { MetricName: "Orders", Dimensions: dimensions, Timestamp: start / 1000 + 60, Value: 4 },
      ],
    });
  });
  after(() => close());

  async function inJson(operation: string, input: object): Promise<Answer> {
    const response = await fetch(url, {
      method: "POST",
      headers: {
        "content-type": "application/x-amz-json-1.0",
        "x-amz-target": `GraniteServiceVersion20100801.${operation}`,
      },
      body: JSON.stringify(input),
    });
    return { status: response.status, output: await response.json() };
  }

  async function inCbor(operation: string, input: object): Promise<Answer> {
    const response = await fetch(
      `${url}/service/GraniteServiceVersion20100801/operation/${operation}`,
      {
        method: "POST",
        headers: { "content-type": "application/cbor", "smithy-protocol": "rpc-v2-cbor" },
        body: Buffer.from(cbor.serialize(input)),
      },
    );
    expect(response.headers.get("smithy-protocol")).to.equal("rpc-v2-cbor");
    const body = Buffer.from(await response.arrayBuffer());
    return { status: response.status, output: cbor.deserialize(body) };
  }

  async function inQuery(parameters: Readonly<Record<string, string>>): Promise<string> {
    const body = new URLSearchParams({ Version: "2010-08-01", ...parameters });
    return (await fetch(url, { method: "POST", body })).text();
  }

  const query = {
    Id: "orders",
    MetricStat: {
      Metric: { Namespace: "Shop", MetricName: "Orders", Dimensions: dimensions },
      Period: 60,
      Stat: "Sum",
    },
  };

  it("are read in JSON, with timestamps in seconds, the latest first", async () => {
    const { output } = await inJson("GetMetricData", {
      MetricDataQueries: [query],
      StartTime: start / 1000,
      EndTime: start / 1000 + 120,
    });
    expect(output).to.deep.equal({
      MetricDataResults: [
        {
          Id: "orders",
          Label: "Orders",
          Timestamps: [start / 1000 + 60, start / 1000],
          Values: [4, 7],
          StatusCode: "Complete",
        },
      ],
      Messages: [],
    });
  });

  it("are read in CBOR, with timestamps as tags", async () => {
    const { output } = await inCbor("GetMetricData", {
      MetricDataQueries: [query],
      StartTime: dateToTag(new Date(start)),
      EndTime: dateToTag(new Date(start + 2 * minute)),
      ScanBy: "TimestampAscending",
    });
    expect(output).to.have.nested.property("MetricDataResults.0.Values").deep.equal([7, 4]);
    expect(output).to.have.nested.property("MetricDataResults.0.Timestamps.0.tag", 1);
    expect(output).to.have.nested.property("MetricDataResults.0.Timestamps.0.value", start / 1000);
  });

  it("are read in the query protocol, with timestamps as text", async () => {
    const answer = await inQuery({
      Action: "GetMetricStatistics",
      Namespace: "Shop",
      MetricName: "Orders",
      "Dimensions.member.1.Name": "Shop",
      "Dimensions.member.1.Value": "berlin",
      StartTime: new Date(start).toISOString(),
      EndTime: new Date(start + 2 * minute).toISOString(),
      Period: "120",
      "Statistics.member.1": "Average",
      "Statistics.member.2": "Maximum",
      "ExtendedStatistics.member.1": "p50",
    });
    expect(answer).to.include("<Timestamp>2026-01-01T00:00:00.000Z</Timestamp>");
    expect(answer).to.include("<Average>2.75</Average>");
    expect(answer).to.include("<Maximum>5</Maximum>");
    expect(answer).to.include("<entry><key>p50</key><value>1</value></entry>");
  });

  it("are listed by namespace, name and dimension", async () => {
    const metric = { Namespace: "Shop", MetricName: "Orders", Dimensions: dimensions };
    const { output } = await inCbor("ListMetrics", { Namespace: "Shop" });
    expect(output).to.deep.equal({ Metrics: [metric] });
    const other = await inCbor("ListMetrics", { Dimensions: [{ Name: "Shop", Value: "paris" }] });
    expect(other.output).to.deep.equal({ Metrics: [] });
  });

  it("refuse a token that CloudWatch did not make", async () => {
    for (const operation of ["ListMetrics", "DescribeAlarms"]) {
      const { status, output } = await inJson(operation, { NextToken: "x" });
      expect([status, output], operation).to.deep.equal([
        400,
        {
          __type: "com.amazonaws.cloudwatch#InvalidNextToken",
          message: "The next token specified is invalid.",
        },
      ]);
    }
  });

  it("are read from bodies that are compressed, and refused where they are not what they claim", async () => {
    const compressed = (body: Buffer) => ({
      ...{ method: "POST", path: "/", query: new URLSearchParams(), body },
      ...{ service: "monitoring", region: "eu-west-1", principal: owner, callerArn: "root" },
      headers: {
        "content-encoding": "gzip",
        "x-amz-target": "GraniteServiceVersion20100801.ListMetrics",
      },
    });
    const { status } = await service(compressed(gzipSync("{}")));
    expect(status).to.equal(200);
    for (const body of [Buffer.from("{}"), gzipSync(" ".repeat(2 ** 20 + 1))]) {
      const refused = await failureOf(service(compressed(body)));
      expect(refused).to.have.property("code", "SerializationException");
    }
  });

  for (const [what, expected, input] of [
    [
      "a period that CloudWatch does not have",
      "The value 90 for parameter Period",
      { Period: 90, Stat: "Sum" },
    ],
    [
      "a statistic that is computed on AWS only",
      'does not support the statistic "TM(10%:90%)"',
      { Period: 60, Stat: "TM(10%:90%)" },
    ],
  ] as const) {
    it(`reject ${what}`, async () => {
      const times = { StartTime: start / 1000, EndTime: start / 1000 + 120 };
      const metric = { ...query, MetricStat: { ...query.MetricStat, ...input } };
      const rejected = await inJson("GetMetricData", { ...times, MetricDataQueries: [metric] });
      expect(rejected.status).to.be.at.least(400);
      expect(rejected.output).to.have.property("message").include(expected);
    });
  }

  it("reject metric math, in CBOR too, instead of leaving it out", async () => {
    const rejected = await inCbor("GetMetricData", {
      MetricDataQueries: [{ Id: "rate", Expression: "errors / invocations" }],
      StartTime: dateToTag(new Date(start)),
      EndTime: dateToTag(new Date(start + minute)),
    });
    expect(rejected.status).to.equal(501);
    expect(rejected.output).to.have.property("__type", "com.amazonaws.cloudwatch#NotImplemented");
  });
});
