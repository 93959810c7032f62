import { isObject } from "../../../aws/isObject.ts";
import type { Registration } from "../programs/registration.ts";

/** What can be done to a resource. */
export type Actions = {
  /** What it is there for. */
  readonly use: readonly string[];
  /** Actions that change or delete the resource itself, which only the deployment may do. */
  readonly administer: readonly string[];
};

/** By type, for everything that events pass through or end in. */
export const actions: Readonly<Record<string, Actions>> = {
  "aws:sns/topic:Topic": {
    use: ["sns:Publish"],
    administer: ["sns:AddPermission", "sns:DeleteTopic", "sns:SetTopicAttributes", "sns:Subscribe"],
  },
  "aws:sqs/queue:Queue": {
    use: [
      "sqs:SendMessage",
      "sqs:ReceiveMessage",
      "sqs:ChangeMessageVisibility",
      "sqs:DeleteMessage",
      "sqs:GetQueueAttributes",
    ],
    administer: [
      "sqs:AddPermission",
      "sqs:DeleteQueue",
      "sqs:PurgeQueue",
      "sqs:SetQueueAttributes",
      "sqs:StartMessageMoveTask",
    ],
  },
  "aws:lambda/function:Function": {
    use: ["lambda:InvokeFunction"],
    administer: [
      "lambda:AddPermission",
      "lambda:DeleteFunction",
      "lambda:UpdateFunctionCode",
      "lambda:UpdateFunctionConfiguration",
    ],
  },
  "aws:s3/bucket:Bucket": {
    use: ["s3:GetObject", "s3:PutObject", "s3:DeleteObject", "s3:ListBucket"],
    administer: [
      "s3:DeleteBucket",
      "s3:PutBucketNotification",
      "s3:PutBucketPolicy",
      "s3:PutBucketPublicAccessBlock",
    ],
  },
  "aws:dynamodb/table:Table": {
    use: [
      "dynamodb:BatchWriteItem",
      "dynamodb:DeleteItem",
      "dynamodb:GetItem",
      "dynamodb:PutItem",
      "dynamodb:Query",
      "dynamodb:Scan",
      "dynamodb:UpdateItem",
    ],
    administer: ["dynamodb:DeleteTable", "dynamodb:PutResourcePolicy", "dynamodb:UpdateTable"],
  },
  "aws:kms/key:Key": {
    use: ["kms:Decrypt", "kms:GenerateDataKey"],
    administer: [
      "kms:CreateGrant",
      "kms:DisableKey",
      "kms:PutKeyPolicy",
      "kms:ScheduleKeyDeletion",
    ],
  },
  "aws:iam/role:Role": {
    use: ["sts:AssumeRole"],
    administer: ["iam:DeleteRole", "iam:PutRolePolicy", "iam:UpdateAssumeRolePolicy"],
  },
  "aws:cloudwatch/logGroup:LogGroup": {
    use: ["logs:PutLogEvents"],
    administer: ["logs:DeleteLogGroup", "logs:PutRetentionPolicy"],
  },
};

/** The ARNs that an action on a resource may name: its own, its objects by their keys, its indexes. */
export function namesFor(
  { type, state, inputs }: Registration,
  action: string,
  objectKeys: readonly string[],
): string[] {
  const arn = String(state.arn);
  if (action.endsWith("Object")) return objectKeys.map((key) => `${arn}/${key}`);
  if (action === "logs:PutLogEvents") return [`${arn}:log-stream:2026`];
  if (type !== "aws:dynamodb/table:Table") return [arn];
  const indexes = [inputs.globalSecondaryIndexes ?? []].flat().filter(isObject);
  return [arn, ...indexes.map(({ name }) => `${arn}/index/${name}`)];
}
