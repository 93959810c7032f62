import type * as aws from "@pulumi/aws";
import type * as pulumi from "@pulumi/pulumi";

export interface PrivateBucketArgs {
  /** Keeps old versions of objects. @default false */
  versioned?: boolean;
  /** Lets `pulumi destroy` delete the objects in the bucket. @default false */
  forceDestroy?: pulumi.Input<boolean>;
  /**
   * Denies every principal to delete or replace objects. Each write requires `If-None-Match: *`, which
   * excludes multipart uploads and copies. @default false
   */
  appendOnly?: boolean;
  /** Deletes objects this many days after they were stored, and old versions after they were replaced: 1 or more. @default never */
  expireDays?: number;
  /** A CloudFront distribution that may read every object, by origin access control. @default none */
  distributionArn?: pulumi.Input<string>;
  /** Origins that may read and write from a browser. @default none */
  cors?: aws.types.input.s3.BucketCorsConfigurationCorsRule[];
  /** @default none */
  tags?: Record<string, pulumi.Input<string>>;
}

export type UploadBucketArgs = PrivateBucketArgs | ExistingBucketArgs;

/** An existing bucket. Only its notifications are modified. */
export interface ExistingBucketArgs {
  existingBucketName: pulumi.Input<string>;
  /**
   * Overwrites the notifications that the bucket has without the program. Otherwise the deployment fails and lists
   * them, which requires `cloudformation:GetResource`. @default false
   */
  ownsNotifications?: boolean;
}
