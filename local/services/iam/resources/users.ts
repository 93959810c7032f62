import {
  flag,
  json,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
} from "../../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../../provider/declaration/resourceType.ts";
import { iamArn } from "../roles.ts";

const owner = "every local caller but functions and services is the account's owner";

/** Users of the account, who have no credentials of their own in the local cloud. */
export const users: readonly ResourceType[] = [
  listedType({
    type: "aws:iam/user:User",
    listed: owner,
    inputs: {
      forceDestroy: flag({ default: false }),
      name: text(),
      path: text({ default: "/" }),
      tags,
    },
    name: { input: "name", maximum: 64 },
    computed: ["arn", "uniqueId"],
    outputs: (_cloud, name, { path }) => ({
      arn: iamArn("user", name, String(path)),
      uniqueId: `AIDA${name.toUpperCase()}`,
    }),
  }),
  listedType({
    type: "aws:iam/accessKey:AccessKey",
    listed: owner,
    inputs: {
      pgpKey: text(replaces),
      status: text({ default: "Active" }),
      user: text(requiredReplaces),
    },
    computed: ["createDate", "secret", "sesSmtpPasswordV4"],
    id: (_inputs, { name }) => `AKIALOCAL${name.toUpperCase().replaceAll(/[^A-Z0-9]/g, "")}`,
    outputs: () => ({
      createDate: "1970-01-01T00:00:00Z",
      secret: "local",
      sesSmtpPasswordV4: "local",
    }),
  }),
  listedType({
    type: "aws:iam/userPolicy:UserPolicy",
    listed: owner,
    inputs: { name: text(replaces), policy: json(required), user: text(requiredReplaces) },
    name: { input: "name", maximum: 128 },
    id: ({ user, name }) => `${String(user)}:${String(name)}`,
  }),
  listedType({
    type: "aws:iam/userPolicyAttachment:UserPolicyAttachment",
    listed: owner,
    inputs: { policyArn: text(requiredReplaces), user: text(requiredReplaces) },
    id: ({ user, policyArn }) => `${String(user)}-${String(policyArn)}`,
  }),
];
