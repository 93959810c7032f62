import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { range } from "../../provider/declaration/checks.ts";
import {
  flag,
  json,
  list,
  listed,
  number,
  object,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import { describePolicy } from "./policyDescription.ts";
import { users } from "./resources/users.ts";
import { describeRole } from "./roleDescription.ts";
import { iamArn } from "./roles.ts";

const roleInputs = {
  assumeRolePolicy: json(required),
  description: text(),
  forceDetachPolicies: flag({ default: false }),
  inlinePolicies: list(object({ name: text(), policy: json() }), { computed: true }),
  managedPolicyArns: list(text(), { computed: true }),
  maxSessionDuration: listed(
    number({ default: 3600, check: range(3600, 43_200) }),
    "local credentials do not expire",
  ),
  name: text({ replaces: true, conflicts: ["namePrefix"] }),
  namePrefix: text(replaces),
  path: text({ default: "/", replaces: true }),
  permissionsBoundary: text(),
  tags,
};

const role = resourceType({
  type: "aws:iam/role:Role",
  inputs: roleInputs,
  name: { input: "name", maximum: 64, prefixInput: "namePrefix" },
  computed: ["arn", "createDate", "uniqueId"],
  transient: true,
  create: ({ permissions: { roles } }, inputs) => {
    const { name = "", path } = inputs;
    const arn = iamArn("role", name, path);
    if (roles.find(arn)?.trust !== undefined) {
      throw new AwsError("EntityAlreadyExists", `Role with name ${name} already exists.`, {
        status: 409,
      });
    }
    setRole(roles, arn, inputs);
    return name;
  },
  update: ({ permissions: { roles } }, name, inputs, { before }) => {
    const { arn } = roles.named(name);
    for (const each of before.inlinePolicies ?? []) roles.removePolicy(arn, each.name ?? "");
    for (const each of before.managedPolicyArns ?? []) roles.detach(arn, each);
    setRole(roles, arn, inputs);
  },
  delete: ({ permissions: { roles } }, name, { path }) => roles.remove(iamArn("role", name, path)),
  read: ({ permissions: { roles } }, name) => {
    const found = roles.findNamed(name);
    return found && describeRole(found);
  },
});

function setRole(
  roles: Cloud["permissions"]["roles"],
  arn: string,
  inputs: Values<typeof roleInputs>,
): void {
  roles.setTrust(arn, inputs.assumeRolePolicy);
  roles.setBoundary(arn, inputs.permissionsBoundary);
  for (const { name = "", policy } of inputs.inlinePolicies ?? []) {
    if (policy !== undefined) roles.setPolicy(arn, name, policy);
  }
  for (const each of inputs.managedPolicyArns ?? []) roles.attach(arn, each);
}

const rolePolicy = resourceType({
  type: "aws:iam/rolePolicy:RolePolicy",
  inputs: {
    name: text({ replaces: true, conflicts: ["namePrefix"] }),
    namePrefix: text(replaces),
    policy: json(required),
    role: text(requiredReplaces),
  },
  name: { input: "name", maximum: 128, prefixInput: "namePrefix" },
  transient: true,
  create: ({ permissions: { roles } }, { name = "", role, policy }) => {
    roles.setPolicy(roles.named(role).arn, name, policy);
    return `${role}:${name}`;
  },
  update: ({ permissions: { roles } }, _id, { name = "", role, policy }) =>
    roles.setPolicy(roles.named(role).arn, name, policy),
  delete: (cloud, _id, { name = "", role }) => {
    const arn = arnOfRole(cloud, role);
    if (arn !== undefined) cloud.permissions.roles.removePolicy(arn, name);
  },
  read: (cloud, id) => {
    const [role = "", name = ""] = id.split(":");
    const arn = arnOfRole(cloud, role);
    const policy = arn && cloud.permissions.roles.find(arn)?.inline.get(name);
    return policy ? { role, name, policy } : undefined;
  },
});

const rolePolicyAttachment = resourceType({
  type: "aws:iam/rolePolicyAttachment:RolePolicyAttachment",
  inputs: { policyArn: text(requiredReplaces), role: text(requiredReplaces) },
  deleteBeforeReplace: true,
  transient: true,
  create: ({ permissions: { roles } }, { role, policyArn }, making) => {
    roles.attach(roles.named(role).arn, policyArn);
    return making.id(() => `${role}-${policyArn.slice(policyArn.lastIndexOf("/") + 1)}`);
  },
  delete: (cloud, _id, { role, policyArn }) => {
    const arn = arnOfRole(cloud, role);
    if (arn !== undefined) cloud.permissions.roles.detach(arn, policyArn);
  },
});

const policy = resourceType({
  type: "aws:iam/policy:Policy",
  inputs: {
    delayAfterPolicyCreationInMs: number(),
    description: text(replaces),
    name: text({ replaces: true, conflicts: ["namePrefix"] }),
    namePrefix: text(replaces),
    path: text({ default: "/", replaces: true }),
    policy: json(required),
    tags,
  },
  name: { input: "name", maximum: 128, prefixInput: "namePrefix" },
  computed: ["arn", "attachmentCount", "policyId"],
  transient: true,
  create: ({ permissions: { roles } }, { name = "", path, policy: document }) => {
    const arn = iamArn("policy", name, path);
    roles.setManagedPolicy(arn, document);
    return arn;
  },
  update: ({ permissions: { roles } }, arn, { policy: document }) =>
    roles.setManagedPolicy(arn, document),
  delete: ({ permissions: { roles } }, arn) => roles.removeManagedPolicy(arn),
  read: ({ permissions: { roles } }, arn) => {
    const document = roles.findManagedPolicy(arn);
    if (document === undefined) return undefined;
    const users = roles.arns().filter((each) => roles.find(each)?.attached.has(arn));
    return { ...describePolicy(arn), policy: document, attachmentCount: users.length };
  },
});

const policyAttachment = resourceType({
  type: "aws:iam/policyAttachment:PolicyAttachment",
  inputs: {
    name: text(replaces),
    policyArn: text(requiredReplaces),
    roles: list(text()),
    users: list(text()),
    groups: listed(list(text()), "groups of users count on AWS only"),
  },
  name: { input: "name", maximum: 255 },
  deleteBeforeReplace: true,
  transient: true,
  create: (cloud, { name = "", policyArn, roles = [], users: named = [] }) => {
    for (const each of roles) attach(cloud, each, "role", policyArn);
    for (const each of named) attach(cloud, each, "user", policyArn);
    return name;
  },
  update: (cloud, _id, { policyArn, roles = [], users: named = [] }, { before }) => {
    for (const each of before.roles ?? []) detach(cloud, each, "role", policyArn);
    for (const each of before.users ?? []) detach(cloud, each, "user", policyArn);
    for (const each of roles) attach(cloud, each, "role", policyArn);
    for (const each of named) attach(cloud, each, "user", policyArn);
  },
  delete: (cloud, _id, { policyArn, roles = [], users: named = [] }) => {
    for (const each of roles) detach(cloud, each, "role", policyArn);
    for (const each of named) detach(cloud, each, "user", policyArn);
  },
});

export const iam: readonly ResourceType[] = [
  role,
  rolePolicy,
  rolePolicyAttachment,
  policy,
  policyAttachment,
  ...users,
];

type Kind = "role" | "user";

function attach({ permissions: { roles } }: Cloud, name: string, kind: Kind, policyArn: string) {
  roles.attach(roles.named(name, kind).arn, policyArn);
}

function detach({ permissions: { roles } }: Cloud, name: string, kind: Kind, policyArn: string) {
  const arn = roles.findNamed(name, kind)?.arn;
  if (arn !== undefined) roles.detach(arn, policyArn);
}

function arnOfRole({ permissions: { roles } }: Cloud, name: string): string | undefined {
  return roles.findNamed(name)?.arn;
}
