import * as v from "valibot";
import { notSupported } from "../../protocol/awsError.ts";
import {
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

/** https://docs.aws.amazon.com/firehose/latest/APIReference/API_BufferingHints.html */
const interval = v.pipe(v.number(), v.integer(), v.minValue(0), v.maxValue(900));
const size = v.pipe(v.number(), v.integer(), v.minValue(1), v.maxValue(128));

const toBucket = v.strictObject({
  bucketArn: v.string(),
  roleArn: v.string(),
  prefix: v.optional(v.string(), ""),
  /** Where records go that could not be converted: there are no conversions here. */
  errorOutputPrefix: optionalText,
  bufferingInterval: v.optional(interval, 300),
  bufferingSize: v.optional(size, 5),
  compressionFormat: v.optional(v.picklist(["UNCOMPRESSED", "GZIP"]), "UNCOMPRESSED"),
});

export const firehose: Readonly<Record<string, ResourceType>> = {
  "aws:kinesis/firehoseDeliveryStream:FirehoseDeliveryStream": resourceType(
    {
      name: optionalText,
      destination: v.literal("extended_s3"),
      extendedS3Configuration: toBucket,
      serverSideEncryption: v.optional(v.strictObject({ enabled: v.boolean() })),
      tags,
    },
    (cloud, logicalName, { name = logicalName, extendedS3Configuration: to }) => {
      if (to.prefix.includes("!{")) throw notSupported("expressions in a delivery stream's prefix");
      const { arn } = cloud.streams.create({
        name,
        roleArn: to.roleArn,
        bucketArn: to.bucketArn,
        prefix: to.prefix,
        bufferingSeconds: to.bufferingInterval,
        bufferingMebibytes: to.bufferingSize,
        compression: to.compressionFormat,
      });
      return { id: arn, outputs: { name, arn } };
    },
  ),
};
