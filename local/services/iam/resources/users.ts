import type { Cloud } from "../../../cloud.ts";
import {
  flag,
  json,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
} from "../../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../../provider/declaration/resourceType.ts";
import { secretAccessKey } from "../accessKeys.ts";
import { userId } from "../interface.ts";
import { iamArn } from "../roles.ts";

const user = resourceType({
  type: "aws:iam/user:User",
  inputs: {
    forceDestroy: flag({ default: false }),
    name: text(replaces),
    path: text({ default: "/" }),
    permissionsBoundary: text(),
    tags,
  },
  name: { input: "name", maximum: 64 },
  computed: ["arn", "uniqueId"],
  changing: ["arn"],
  transient: true,
  create: ({ permissions: { roles } }, { name = "", path, permissionsBoundary }) => {
    roles.setBoundary(iamArn("user", name, path), permissionsBoundary);
    return name;
  },
  update: ({ permissions }, name, { path, permissionsBoundary }) => {
    const arn = iamArn("user", name, path);
    permissions.moveUser(permissions.roles.named(name, "user").arn, arn);
    permissions.roles.setBoundary(arn, permissionsBoundary);
  },
  delete: ({ permissions: { roles } }, name, { path }) => roles.remove(iamArn("user", name, path)),
  outputs: (_cloud, name, { path }) => ({
    arn: iamArn("user", name, path),
    uniqueId: userId(name),
  }),
});

const accessKey = resourceType({
  type: "aws:iam/accessKey:AccessKey",
  inputs: {
    pgpKey: text(replaces),
    status: text({ default: "Active" }),
    user: text(requiredReplaces),
  },
  computed: ["createDate", "secret", "sesSmtpPasswordV4"],
  transient: true,
  create: (cloud, given, making) => {
    const label = making.name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "");
    const id = making.id(() => `AKIALOCAL${label}`);
    setKey(cloud, id, given);
    return id;
  },
  update: setKey,
  delete: ({ permissions: { accessKeys } }, id) => accessKeys.delete(id),
  outputs: () => ({
    createDate: "1970-01-01T00:00:00Z",
    secret: secretAccessKey,
    sesSmtpPasswordV4: "local",
  }),
});

/** A key that is not active is unknown to every service. */
function setKey(
  { permissions: { roles, accessKeys } }: Cloud,
  id: string,
  { user: name, status }: { readonly user: string; readonly status: string },
): void {
  const { arn } = roles.named(name, "user");
  if (status === "Active") accessKeys.setOfUser(id, arn);
  else accessKeys.delete(id);
}

const userPolicy = resourceType({
  type: "aws:iam/userPolicy:UserPolicy",
  inputs: {
    name: text({ replaces: true, conflicts: ["namePrefix"] }),
    namePrefix: text(replaces),
    policy: json(required),
    user: text(requiredReplaces),
  },
  name: { input: "name", maximum: 128, prefixInput: "namePrefix" },
  transient: true,
  create: ({ permissions: { roles } }, { name = "", user: of, policy }) => {
    roles.setPolicy(roles.named(of, "user").arn, name, policy);
    return `${of}:${name}`;
  },
  update: ({ permissions: { roles } }, _id, { name = "", user: of, policy }) =>
    roles.setPolicy(roles.named(of, "user").arn, name, policy),
  delete: ({ permissions: { roles } }, _id, { name = "", user: of }) => {
    const arn = roles.findNamed(of, "user")?.arn;
    if (arn !== undefined) roles.removePolicy(arn, name);
  },
});

const userPolicyAttachment = resourceType({
  type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
  inputs: { policyArn: text(requiredReplaces), user: text(requiredReplaces) },
  deleteBeforeReplace: true,
  transient: true,
  create: ({ permissions: { roles } }, { user: of, policyArn }, making) => {
    roles.attach(roles.named(of, "user").arn, policyArn);
    return making.id(() => `${of}-${policyArn.slice(policyArn.lastIndexOf("/") + 1)}`);
  },
  delete: ({ permissions: { roles } }, _id, { user: of, policyArn }) => {
    const arn = roles.findNamed(of, "user")?.arn;
    if (arn !== undefined) roles.detach(arn, policyArn);
  },
});

/** Users of the account. Callers with one of their access keys may do what the user's policies allow. */
export const users: readonly ResourceType[] = [user, accessKey, userPolicy, userPolicyAttachment];
