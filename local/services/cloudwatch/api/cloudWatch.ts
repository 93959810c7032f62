import { gunzipSync } from "node:zlib";
import type { Authorize } from "../../../protocol/access.ts";
import { AwsError } from "../../../protocol/awsError.ts";
import type { Call, Operations, Reply } from "../../../protocol/call.ts";
import { cborProtocol, isCbor } from "../../../protocol/cborProtocol.ts";
import { requireAllowed } from "../../../protocol/input.ts";
import { jsonProtocol } from "../../../protocol/jsonProtocol.ts";
import { queryProtocol } from "../../../protocol/queryProtocol.ts";
import { alarmOperations } from "./alarmOperations.ts";
import { metricOperations } from "./metricOperations.ts";
import type { CloudWatchOptions } from "./options.ts";
import { forJson, forQuery } from "./wire.ts";

const serviceName = "GraniteServiceVersion20100801";
const errorNamespace = "com.amazonaws.cloudwatch";

/**
 * Serves the metrics and alarms of CloudWatch in its three protocols: CBOR (boto3), JSON (the SDK for JavaScript)
 * and query (older SDKs).
 *
 * https://docs.aws.amazon.com/AmazonCloudWatch/latest/APIReference/API_Operations.html
 */
export function cloudWatchService(options: CloudWatchOptions): (call: Call) => Promise<Reply> {
  const operations = allowed(
    { ...metricOperations(options), ...alarmOperations(options) },
    options.authorize,
  );
  const inCbor = cborProtocol({ name: serviceName, errorNamespace, operations });
  const inJson = jsonProtocol({
    targetPrefix: serviceName,
    errorNamespace,
    operations: forJson(operations),
  });
  const inQuery = queryProtocol({
    namespace: "http://monitoring.amazonaws.com/doc/2010-08-01/",
    operations: forQuery(operations),
  });
  return async (call) => {
    const uncompressed = withoutCompression(call);
    if (isCbor(call)) return inCbor(uncompressed);
    return call.headers["x-amz-target"] === undefined
      ? inQuery(uncompressed)
      : inJson(uncompressed);
  };
}

/** The actions of CloudWatch that concern metrics name no resource. */
function allowed(operations: Operations, authorize: Authorize): Operations {
  return Object.fromEntries(
    Object.entries(operations).map(([name, operation]) => [
      name,
      async (input, call) => {
        requireAllowed(authorize, call, `cloudwatch:${name}`, "*");
        return operation(input, call);
      },
    ]),
  );
}

/** CloudWatch's limit of a request, in bytes. */
const largestBody = 2 ** 20;

/** SDKs compress large bodies of PutMetricData. @throws AwsError for what is not gzip, or too large */
function withoutCompression(call: Call): Call {
  if (call.headers["content-encoding"] !== "gzip") return call;
  try {
    return { ...call, body: gunzipSync(call.body, { maxOutputLength: largestBody }) };
  } catch (error) {
    throw new AwsError(
      "SerializationException",
      `The request's body is not gzip, or larger than 1 MiB: ${error}`,
    );
  }
}
