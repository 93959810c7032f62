import * as aws from "@pulumi/aws";
import { FanoutTopic } from "../../../components/index.ts";

/** A topic with a queue for mails that an application polls, and a function that keeps each message in a bucket. */
export function newsProgram() {
  const bucket = new aws.s3.Bucket("papers");
  const topic = new FanoutTopic("news", {
    consumers: [
      { name: "inbox", filter: { kind: ["mail"] } },
      {
        name: "archive",
        visibilityTimeoutSeconds: 60,
        handler: {
          entry: "test/fixtures/handlers/putNowhere.ts",
          timeoutSeconds: 10,
          environment: { BUCKET: bucket.id },
          permissions: [
            {
              Effect: "Allow",
              Action: "s3:PutObject",
              Resource: bucket.arn.apply((arn) => `${arn}/*`),
            },
          ],
        },
      },
    ],
  });
  return { topicArn: topic.topic.arn, bucket: bucket.id };
}
