import * as v from "valibot";
import {
  type AccessList,
  cannedList,
  type Grant,
  type Grantee,
  type GrantPermission,
  grantPermissions,
  groups,
} from "../accessLists/accessList.ts";
import {
  element,
  one,
  optional,
  readDocument,
  several,
  text,
} from "../configuration/documentSchema.ts";
import { grantee as granteeSchema } from "../configuration/grantee.ts";
import { invalidArgument, invalidRequest, S3Error } from "../s3Error.ts";

type Headers = Readonly<Record<string, string>>;

/** Names a canned list. */
const cannedListHeader = "x-amz-acl";

const grantHeaders: Readonly<Record<string, GrantPermission>> = {
  "x-amz-grant-full-control": "FULL_CONTROL",
  "x-amz-grant-read": "READ",
  "x-amz-grant-read-acp": "READ_ACP",
  "x-amz-grant-write": "WRITE",
  "x-amz-grant-write-acp": "WRITE_ACP",
};

/** Headers of an operation that sets an access control list. */
export const accessListHeaders = [cannedListHeader, ...Object.keys(grantHeaders)];

/** Whether a request brings an access control list in its headers. */
export function hasAccessList(headers: Headers): boolean {
  return accessListHeaders.some((name) => name in headers);
}

/**
 * The access control list in the headers of a request; undefined where there is none.
 * https://docs.aws.amazon.com/AmazonS3/latest/userguide/acl-overview.html#setting-acls
 * @throws S3Error InvalidArgument, InvalidRequest
 */
export function accessListIn(headers: Headers): AccessList | undefined {
  const { [cannedListHeader]: canned } = headers;
  const grants = Object.entries(grantHeaders).flatMap(([name, permission]) =>
    readGrants(name, headers[name], permission),
  );
  if (canned !== undefined && grants.length > 0) {
    throw invalidRequest("Specifying both Canned ACLs and Header Grants is not allowed");
  }
  if (canned === undefined) return grants.length > 0 ? grants : undefined;
  const list = cannedList(canned);
  if (list === undefined) throw invalidArgument("", cannedListHeader, canned);
  return list;
}

const schema = element({
  Owner: one(element({ ID: one(text), DisplayName: optional(text) })),
  AccessControlList: one(
    element({
      Grant: several(
        element({ Grantee: one(granteeSchema), Permission: one(v.picklist(grantPermissions)) }),
        100,
      ),
    }),
  ),
});

/**
 * The access control list of PutBucketAcl and PutObjectAcl, in the headers or in the body.
 * @throws S3Error MalformedACLError, UnexpectedContent, MissingSecurityHeader, InvalidArgument
 */
export function readAccessList(headers: Headers, body: string): AccessList {
  const inHeaders = accessListIn(headers);
  if (inHeaders !== undefined && body !== "") {
    throw new S3Error("UnexpectedContent", "This request does not support content");
  }
  if (inHeaders !== undefined) return inHeaders;
  if (body !== "") return readPolicy(body);
  throw new S3Error("MissingSecurityHeader", "Your request was missing a required header", {
    details: { MissingHeaderName: cannedListHeader },
  });
}

function readPolicy(body: string): AccessList {
  const { Owner, AccessControlList } = parsePolicy(body);
  checkId(Owner.ID, "CanonicalUser/ID");
  return AccessControlList.Grant.map(({ Grantee: { ID, URI }, Permission: permission }): Grant => {
    if (ID !== undefined) {
      return { grantee: { id: checkId(ID, "CanonicalUser/ID") }, permission };
    }
    if (URI === undefined) throw malformedAcl();
    return { grantee: { uri: checkUri(URI, "Group/URI") }, permission };
  });
}

function parsePolicy(body: string) {
  try {
    return readDocument(body, "AccessControlPolicy", schema);
  } catch (error) {
    throw error instanceof S3Error ? malformedAcl() : error;
  }
}

/** Reads a list such as `id="...", uri="..."`. */
function readGrants(name: string, value: string | undefined, permission: GrantPermission): Grant[] {
  if (value === undefined) return [];
  return value.split(",").map((each) => ({ grantee: readGrantee(name, each.trim()), permission }));
}

function readGrantee(header: string, given: string): Grantee {
  const [, kind, quoted = ""] = /^(\w+)="?([^"]*)"?$/.exec(given) ?? [];
  if (kind === "id") return { id: checkId(quoted, "id") };
  if (kind === "uri") return { uri: checkUri(quoted, "uri") };
  throw invalidArgument("Argument format not recognized", header, given);
}

function checkId(id: string, argument: string): string {
  if (/^[0-9a-f]{64}$/.test(id)) return id;
  throw invalidArgument("Invalid id", argument, id);
}

function checkUri(uri: string, argument: string): string {
  if (Object.values<string>(groups).includes(uri)) return uri;
  throw invalidArgument("Invalid group uri", argument, uri);
}

function malformedAcl(): S3Error {
  return new S3Error(
    "MalformedACLError",
    "The XML you provided was not well-formed or did not validate against our published schema",
  );
}
