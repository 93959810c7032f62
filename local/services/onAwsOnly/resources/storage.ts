import type { ResourceType } from "../../../provider/declaration/resourceType.ts";
import { onAwsOnlyType } from "./onAwsOnlyType.ts";

/** Settings of buckets and tables without an effect on one machine: accepted, with their effect on AWS only. */
export const storage: readonly ResourceType[] = [
  onAwsOnlyType({
    type: "aws:appautoscaling/policy:Policy",
    listed: "nothing local has a limit of capacity",
    required: "resourceId scalableDimension serviceNamespace",
    optional: `
      name policyType predictiveScalingPolicyConfiguration region stepScalingPolicyConfiguration
      targetTrackingScalingPolicyConfiguration`,
    arn: { service: "autoscaling", prefix: "scalingPolicy:" },
  }),
  onAwsOnlyType({
    type: "aws:appautoscaling/scheduledAction:ScheduledAction",
    listed: "nothing local has a limit of capacity",
    required: "resourceId scalableDimension scalableTargetAction schedule serviceNamespace",
    optional: "endTime name region startTime timezone",
    arn: { service: "autoscaling", prefix: "scheduledAction:" },
  }),
  onAwsOnlyType({
    type: "aws:appautoscaling/target:Target",
    listed: "nothing local has a limit of capacity",
    required: "maxCapacity minCapacity resourceId scalableDimension serviceNamespace",
    optional: "region roleArn suspendedState tags",
    arn: { service: "application-autoscaling", prefix: "scalable-target/" },
  }),
  onAwsOnlyType({
    type: "aws:backup/plan:Plan",
    listed: "data is backed up on AWS only",
    required: "rules",
    optional: "advancedBackupSettings name region scanSettings tags",
    arn: { service: "backup", prefix: "backup-plan:" },
  }),
  onAwsOnlyType({
    type: "aws:backup/selection:Selection",
    listed: "data is backed up on AWS only",
    required: "iamRoleArn planId",
    optional: "conditions name notResources region resources selectionTags",
  }),
  onAwsOnlyType({
    type: "aws:backup/vault:Vault",
    listed: "data is backed up on AWS only",
    optional: "forceDestroy kmsKeyArn name region tags",
    arn: { service: "backup", prefix: "backup-vault:" },
  }),
  onAwsOnlyType({
    type: "aws:dynamodb/contributorInsights:ContributorInsights",
    listed: "access to items is measured on AWS only",
    required: "tableName",
    optional: "indexName mode region",
  }),
  onAwsOnlyType({
    type: "aws:s3/analyticsConfiguration:AnalyticsConfiguration",
    listed: "access to objects is measured on AWS only",
    required: "bucket",
    optional: "filter name region storageClassAnalysis",
  }),
  onAwsOnlyType({
    type: "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration",
    listed: "the local endpoint is the only one",
    required: "bucket status",
    optional: "expectedBucketOwner region",
  }),
  onAwsOnlyType({
    type: "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration",
    listed: "local objects have one place",
    required: "bucket tierings",
    optional: "filter name region status",
  }),
  onAwsOnlyType({
    type: "aws:s3/bucketMetric:BucketMetric",
    listed: "access to objects is measured on AWS only",
    required: "bucket",
    optional: "filter name region",
  }),
  onAwsOnlyType({
    type: "aws:s3/bucketReplicationConfig:BucketReplicationConfig",
    listed: "objects are replicated on AWS only",
    required: "bucket role rules",
    optional: "region token",
  }),
  onAwsOnlyType({
    type: "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration",
    listed: "local requests cost nothing",
    required: "bucket payer",
    optional: "expectedBucketOwner region",
  }),
  onAwsOnlyType({
    type: "aws:s3/inventory:Inventory",
    listed: "inventories are written on AWS only",
    required: "bucket destination includedObjectVersions schedule",
    optional: "enabled filter name optionalFields region",
  }),
];
