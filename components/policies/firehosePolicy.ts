import { type PolicyDocument, policyDocument } from "./document.ts";

/**
 * What SNS does, with a role of ours, to write to a delivery stream.
 * https://docs.aws.amazon.com/sns/latest/dg/prereqs-kinesis-data-firehose.html
 */
export function writeToDeliveryStream(streamArn: string): PolicyDocument {
  return policyDocument({
    Sid: "WriteToDeliveryStream",
    Effect: "Allow",
    Action: [
      "firehose:DescribeDeliveryStream",
      "firehose:ListDeliveryStreams",
      "firehose:ListTagsForDeliveryStream",
      "firehose:PutRecord",
      "firehose:PutRecordBatch",
    ],
    Resource: streamArn,
  });
}
