import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";
import { FanoutTopic } from "../../components/index.ts";
import { onObjects } from "../shared/permissions.ts";
import { createBucket } from "../shared/storage.ts";
import { type SystemOutputs, type SystemSettings, topicOutputs } from "../shared/system.ts";

/**
 * Archives every message in S3. Firehose buffers five minutes or 5 MiB of messages and writes them as one
 * object. No function and no queue is needed.
 */
export function deploy(settings: SystemSettings): SystemOutputs {
  const archive = createBucket("archived-events", settings);
  const stream = createStream("event-archive", archive);

  const topic = new FanoutTopic("event-archive", {
    ...settings.topicArgs,
    consumers: [{ name: "archive", kind: "firehose", endpoint: stream.arn }],
  });
  return { ...topicOutputs(topic), archive: archive.id };
}

/** With the permissions that Firehose needs: https://docs.aws.amazon.com/firehose/latest/dev/controlling-access.html */
function createStream(name: string, bucket: aws.s3.Bucket): aws.kinesis.FirehoseDeliveryStream {
  const role = new aws.iam.Role(`${name}-stream`, {
    assumeRolePolicy: pulumi.jsonStringify(trustPolicy),
    description: `Firehose to the bucket of ${name}`,
  });
  const policy = new aws.iam.RolePolicy(`${name}-stream`, {
    role: role.id,
    policy: pulumi.jsonStringify({
      Version: "2012-10-17",
      Statement: [
        {
          Sid: "WriteEvents",
          ...onObjects(bucket, ["PutObject", "GetObject", "AbortMultipartUpload"], "events/"),
        },
        {
          Sid: "FindBucket",
          Effect: "Allow",
          Action: ["s3:GetBucketLocation", "s3:ListBucket", "s3:ListBucketMultipartUploads"],
          Resource: bucket.arn,
        },
      ],
    }),
  });
  return new aws.kinesis.FirehoseDeliveryStream(
    name,
    {
      destination: "extended_s3",
      extendedS3Configuration: {
        bucketArn: bucket.arn,
        roleArn: role.arn,
        prefix: "events/",
        bufferingInterval: 300,
        bufferingSize: 5,
        compressionFormat: "GZIP",
      },
      serverSideEncryption: { enabled: true },
    },
    { dependsOn: [policy] },
  );
}

const trustPolicy = {
  Version: "2012-10-17",
  Statement: [
    {
      Sid: "FirehoseAssumes",
      Effect: "Allow",
      Principal: { Service: "firehose.amazonaws.com" },
      Action: "sts:AssumeRole",
    },
  ],
};
