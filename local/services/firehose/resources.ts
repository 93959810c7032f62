import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { oneOf, onlyLocally, range, without } from "../../provider/declaration/checks.ts";
import {
  anything,
  listed,
  number,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import type { DeliveryStream } from "./deliveryStream.ts";

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
const toBucket = object(
  {
    bucketArn: text(required),
    bufferingInterval: number({ default: 300, check: range(0, 900) }),
    bufferingSize: number({ default: 5, check: range(1, 128) }),
    cloudwatchLoggingOptions: listed(anything({ computed: true }), "errors are logged on AWS only"),
    compressionFormat: text({ default: "UNCOMPRESSED", check: oneOf("UNCOMPRESSED", "GZIP") }),
    errorOutputPrefix: listed(text(), "the local cloud converts no records, so that none fail"),
    prefix: text({ check: without("!{", "expressions") }),
    roleArn: text(required),
  },
  required,
);

const inputs = {
  destination: text({ ...requiredReplaces, check: onlyLocally("extended_s3") }),
  extendedS3Configuration: toBucket,
  name: text(replaces),
  region,
  serverSideEncryption: listed(anything(), "records are encrypted on AWS only"),
  tags,
};

const deliveryStream = resourceType({
  type: "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream",
  inputs,
  name: { input: "name", maximum: 64 },
  computed: ["arn", "destinationId", "versionId"],
  changing: ["versionId"],
  transient: true,
  create: (cloud, given) => {
    requireTrust(cloud, given.extendedS3Configuration.roleArn);
    return cloud.streams.create(definitionOf(given)).arn;
  },
  update: (cloud, _arn, given) => {
    requireTrust(cloud, given.extendedS3Configuration.roleArn);
    cloud.streams.update(definitionOf(given));
  },
  delete: ({ streams }, _arn, { name = "" }) => streams.delete(name),
  outputs: (_cloud, arn) => ({ arn, destinationId: "destinationId-000000000001", versionId: "1" }),
});

/** https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html */
function requireTrust({ permissions }: Cloud, roleArn: string): void {
  const decision = permissions.assume(roleArn, "firehose.amazonaws.com");
  if (decision.allowed) return;
  throw new AwsError(
    "InvalidArgumentException",
    `Firehose is unable to assume role ${roleArn}. Please check the role provided. (${decision.reason})`,
  );
}

function definitionOf({
  name = "",
  extendedS3Configuration: to,
}: Values<typeof inputs>): Omit<DeliveryStream, "arn"> {
  return {
    name,
    roleArn: to.roleArn,
    bucketArn: to.bucketArn,
    prefix: to.prefix ?? "",
    bufferingSeconds: to.bufferingInterval,
    bufferingMebibytes: to.bufferingSize,
    compression: to.compressionFormat === "GZIP" ? "GZIP" : "UNCOMPRESSED",
  };
}

export const firehose: readonly ResourceType[] = [deliveryStream];
