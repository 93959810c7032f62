import type { S3Operation } from "./operation.ts";
import {
  getBucketAcl,
  getObjectAcl,
  putBucketAcl,
  putObjectAcl,
} from "./operations/accessLists.ts";
import { bucketConfigurations } from "./operations/bucketConfigurations.ts";
import { getBucketNotification, putBucketNotification } from "./operations/bucketNotification.ts";
import {
  deleteBucketPolicy,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
} from "./operations/bucketPolicy.ts";
import {
  createBucket,
  deleteBucket,
  getBucketLocation,
  headBucket,
  listBuckets,
} from "./operations/buckets.ts";
import {
  deleteBucketTagging,
  getBucketTagging,
  putBucketTagging,
} from "./operations/bucketTagging.ts";
import { copyObject } from "./operations/copyObject.ts";
import { deleteObject, deleteObjects } from "./operations/deleteObjects.ts";
import { getObjectAttributes } from "./operations/getObjectAttributes.ts";
import { listObjects } from "./operations/listObjects.ts";
import { listObjectsV2 } from "./operations/listObjectsV2.ts";
import { listObjectVersions } from "./operations/listObjectVersions.ts";
import { listMultipartUploads, listParts } from "./operations/listUploads.ts";
import {
  abortMultipartUpload,
  completeMultipartUpload,
  createMultipartUpload,
  uploadPart,
} from "./operations/multipart.ts";
import {
  getObjectLegalHold,
  getObjectRetention,
  putObjectLegalHold,
  putObjectRetention,
} from "./operations/objectLock.ts";
import {
  deleteObjectTagging,
  getObjectTagging,
  putObjectTagging,
} from "./operations/objectTagging.ts";
import { postObject } from "./operations/postObject.ts";
import { putObject } from "./operations/putObject.ts";
import { getObject, headObject } from "./operations/readObject.ts";
import { uploadPartCopy } from "./operations/uploadPartCopy.ts";
import { getBucketVersioning, putBucketVersioning } from "./operations/versioning.ts";

/** The supported operations of S3; any other is rejected. */
export const operations: readonly S3Operation[] = [
  listBuckets,
  createBucket,
  headBucket,
  deleteBucket,
  getBucketLocation,
  getBucketVersioning,
  putBucketVersioning,
  getBucketPolicy,
  getBucketPolicyStatus,
  putBucketPolicy,
  deleteBucketPolicy,
  getBucketNotification,
  putBucketNotification,
  ...bucketConfigurations,
  getBucketAcl,
  putBucketAcl,
  listObjects,
  listObjectsV2,
  listObjectVersions,
  putObject,
  getObject,
  headObject,
  getObjectAttributes,
  getObjectTagging,
  putObjectTagging,
  deleteObjectTagging,
  getObjectAcl,
  putObjectAcl,
  getObjectRetention,
  putObjectRetention,
  getObjectLegalHold,
  putObjectLegalHold,
  getBucketTagging,
  putBucketTagging,
  deleteBucketTagging,
  copyObject,
  postObject,
  deleteObject,
  deleteObjects,
  createMultipartUpload,
  uploadPart,
  uploadPartCopy,
  completeMultipartUpload,
  abortMultipartUpload,
  listMultipartUploads,
  listParts,
];
