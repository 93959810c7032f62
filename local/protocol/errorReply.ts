import { randomUUID } from "node:crypto";
import type { AwsError } from "./awsError.ts";
import type { Reply } from "./call.ts";
import { restXmlErrorReply } from "./restXmlError.ts";
import type { ErrorForm } from "./route.ts";
import { formatXml } from "./xml.ts";

/** An error that no service answered itself, in the form that the caller's SDK reads. */
export function errorReply(form: ErrorForm, error: AwsError): Reply {
  if (form === "s3") return restXmlErrorReply(error);
  return form === "json" ? jsonErrorReply(error) : queryErrorReply(error);
}

/** https://smithy.io/2.0/aws/protocols/aws-restjson1-protocol.html#operation-error-serialization */
export function jsonErrorReply(error: AwsError): Reply {
  return {
    status: error.status,
    headers: {
      "content-type": "application/json",
      "x-amzn-requestid": randomUUID(),
      "x-amzn-errortype": error.code,
      ...(error.queryCode !== error.code && {
        "x-amzn-query-error": `${error.queryCode};${error.status < 500 ? "Sender" : "Receiver"}`,
      }),
    },
    body: JSON.stringify({ __type: error.code, message: error.message }),
  };
}

/**
 * https://smithy.io/2.0/aws/protocols/aws-query-protocol.html#operation-error-serialization
 *
 * @param more members of the error that the service has besides
 */
export function queryErrorReply(
  error: AwsError,
  namespace?: string,
  more: Readonly<Record<string, string>> = {},
): Reply {
  const requestId = randomUUID();
  const document = {
    Error: {
      Type: error.status < 500 ? "Sender" : "Receiver",
      Code: error.queryCode,
      Message: error.message,
      ...more,
    },
    RequestId: requestId,
  };
  return {
    status: error.status,
    headers: { "content-type": "text/xml", "x-amzn-requestid": requestId },
    body: formatXml("ErrorResponse", document, namespace),
  };
}
