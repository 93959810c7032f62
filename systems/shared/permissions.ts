import type * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** What a handler may do with a table of ours: the named actions, on the table alone. */
export function onTable(table: aws.dynamodb.Table, ...actions: string[]): aws.iam.PolicyStatement {
  return allow(
    actions.map((action) => `dynamodb:${action}`),
    table.arn,
  );
}

/** Keeping in an idempotency table what was done, as `handlers/lib/idempotency.ts` does. */
export function remember(table: aws.dynamodb.Table): aws.iam.PolicyStatement {
  return onTable(table, "GetItem", "PutItem", "UpdateItem", "DeleteItem");
}

/** What a handler may do with an index of a table. Rights on the table do not hold for its indexes. */
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

/** What a handler may do with a bucket's objects: the named actions, below the prefix. */
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

/** Looking for objects. Without it, S3 answers "access denied" for an object that is not there. */
export function listObjects(bucket: aws.s3.Bucket): aws.iam.PolicyStatement {
  return allow(["s3:ListBucket"], bucket.arn);
}

/** Denies what another statement would allow. */
export function never(statement: aws.iam.PolicyStatement): aws.iam.PolicyStatement {
  return { ...statement, Effect: "Deny" };
}

/** Sending e-mail from one address. */
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
