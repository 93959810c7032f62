import { account } from "../../../arn.ts";

/** What a grant allows: https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#permissions */
export const grantPermissions = ["READ", "WRITE", "READ_ACP", "WRITE_ACP", "FULL_CONTROL"] as const;

export type GrantPermission = (typeof grantPermissions)[number];

/** Another account's canonical id, or the URI of a predefined group. */
export type Grantee = { readonly id: string } | { readonly uri: string };

export type Grant = { readonly grantee: Grantee; readonly permission: GrantPermission };

/** The grants of a bucket or an object, in the order in which they were given. */
export type AccessList = readonly Grant[];

/** The canonical id of the cloud's one account, which owns every bucket and object. */
export const ownerId = account.padEnd(64, "0");

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#specifying-grantee-predefined-groups */
export const groups = {
  everyone: "http://acs.amazonaws.com/groups/global/AllUsers",
  signedIn: "http://acs.amazonaws.com/groups/global/AuthenticatedUsers",
  logDelivery: "http://acs.amazonaws.com/groups/s3/LogDelivery",
} as const;

const owned: Grant = { grantee: { id: ownerId }, permission: "FULL_CONTROL" };

/** https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#canned-acl */
const cannedLists: ReadonlyMap<string, AccessList> = new Map([
  ["private", [owned]],
  ["public-read", [owned, ...to(groups.everyone, "READ")]],
  ["public-read-write", [owned, ...to(groups.everyone, "READ", "WRITE")]],
  ["authenticated-read", [owned, ...to(groups.signedIn, "READ")]],
  ["aws-exec-read", [owned]],
  ["bucket-owner-read", [owned]],
  ["bucket-owner-full-control", [owned]],
  ["log-delivery-write", [owned, ...to(groups.logDelivery, "WRITE", "READ_ACP")]],
]);

export const privateList: AccessList = [owned];

/** The grants of a canned list; undefined for a name that S3 does not know. */
export function cannedList(name: string): AccessList | undefined {
  return cannedLists.get(name);
}

/** The canned lists of a bucket. */
export const bucketLists = [
  "private",
  "public-read",
  "public-read-write",
  "aws-exec-read",
  "authenticated-read",
  "log-delivery-write",
] as const;

/** Whether the list grants something to all accounts. */
export function isPublic(list: AccessList): boolean {
  return list.some(
    ({ grantee }) =>
      "uri" in grantee && (grantee.uri === groups.everyone || grantee.uri === groups.signedIn),
  );
}

/** Whether only the owner has grants. */
export function isPrivate(list: AccessList): boolean {
  return list.every(({ grantee }) => "id" in grantee && grantee.id === ownerId);
}

function to(uri: string, ...permissions: readonly GrantPermission[]): Grant[] {
  return permissions.map((permission) => ({ grantee: { uri }, permission }));
}
