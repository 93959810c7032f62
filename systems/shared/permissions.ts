import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Allows actions on a table, without its indexes. */
export function onTable(table: aws.dynamodb.Table, ...actions: string[]): aws.iam.PolicyStatement {
  return allow(
    actions.map((action) => `dynamodb:${action}`),
    table.arn,
  );
}

/** Allows the actions of `handlers/lib/idempotency.ts` on its table. */
export function recordIdempotency(table: aws.dynamodb.Table): aws.iam.PolicyStatement {
  return onTable(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem");
}

/** Allows actions on an index of a table, which permissions on the table do not include. */
export function onIndex(
  table: aws.dynamodb.Table,
  index: string,
  ...actions: string[]
): aws.iam.PolicyStatement {
  return allow(
    actions.map((action) => `dynamodb:${action}`),
    pulumi.interpolate`${table.arn}/index/${index}`,
  );
}

/** Allows actions on the objects of a bucket below a prefix. */
export function onObjects(
  bucket: aws.s3.Bucket,
  actions: string[],
  prefix = "",
): aws.iam.PolicyStatement {
  return allow(
    actions.map((action) => `s3:${action}`),
    pulumi.interpolate`${bucket.arn}/${prefix}*`,
  );
}

/** Allows listing a bucket. Without it, S3 answers "access denied" for a missing object. */
export function listObjects(bucket: aws.s3.Bucket): aws.iam.PolicyStatement {
  return allow(["s3:ListBucket"], bucket.arn);
}

/** The statement with the effect Deny. */
export function deny(statement: aws.iam.PolicyStatement): aws.iam.PolicyStatement {
  return { ...statement, Effect: "Deny" };
}

/** Allows sending e-mail from one address. */
export function sendMail(sender: string): aws.iam.PolicyStatement {
  return {
    Effect: "Allow",
    Action: "ses:SendEmail",
    Resource: "*",
    Condition: { StringEquals: { "ses:FromAddress": sender } },
  };
}

function allow(actions: string[], resource: pulumi.Input<string>): aws.iam.PolicyStatement {
  return { Effect: "Allow", Action: actions, Resource: resource };
}
