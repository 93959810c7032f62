import { ProviderError } from "../../pulumi/provider.ts";
import { notificationConfiguration } from "../../services/s3/notification/cloudFormation.ts";
import { onlyLocally } from "../declaration/checks.ts";
import { region, required, text } from "../declaration/field.ts";
import { lookup } from "./lookup.ts";

/**
 * Cloud Control, which reads resources as CloudFormation describes them: here buckets, of which FanoutTopic reads
 * the notifications before it replaces them.
 */
export const cloudControl = lookup(
  "aws:cloudcontrol/getResource:getResource",
  {
    identifier: text(required),
    region,
    roleArn: text({ check: noRole }),
    typeName: text({ required: true, check: onlyLocally("AWS::S3::Bucket") }),
    typeVersionId: text(),
  },
  ({ cloud }, { identifier, typeName }) => {
    const bucket = cloud.buckets.find(identifier);
    if (bucket === undefined) {
      throw new ProviderError(`AWS::S3::Bucket ${identifier} was not found`);
    }
    const NotificationConfiguration = notificationConfiguration(bucket.notification);
    const properties = JSON.stringify({
      BucketName: identifier,
      Arn: bucket.arn,
      ...(bucket.notification.length > 0 && { NotificationConfiguration }),
    });
    return { id: identifier, identifier, typeName, properties };
  },
);

function noRole(): string {
  return "the local cloud reads resources as the owner of the account; leave roleArn out";
}
