import type { AccessRequest, Decision } from "../../../local/protocol/access.ts";
import { evaluate } from "../../../local/services/iam/evaluate.ts";
import { type Policy, parsePolicy } from "../../../local/services/iam/policy.ts";
import { ownAccount } from "../programs/mockedResource.ts";
import type { Registration } from "../programs/registration.ts";

/** Policies by the ARN of what they belong to. */
type Policies = ReadonlyMap<string, readonly Policy[]>;

/**
 * All policies that a program puts in place, and what IAM makes of them. Roles that the program does not
 * know belong to strangers, whose own policies let them do anything.
 */
export class PolicyWorld {
  readonly #ofRoles: Policies;
  readonly #ofResources: Policies;

  constructor(registrations: readonly Registration[]) {
    const { roles, resources } = collect(registrations);
    this.#ofRoles = roles;
    this.#ofResources = resources;
  }

  decide(request: AccessRequest): Decision {
    const { principal, resource } = request;
    const role = principal.kind === "role" ? principal.arn : undefined;
    const holder = resource.startsWith("arn:aws:s3:::") ? resource.split("/")[0] : resource;
    const [, , service = "", , account = ""] = resource.split(":");
    return evaluate(
      { ...request, context: { ...mostWelcome, ...request.context } },
      {
        identity: role === undefined ? [] : (this.#ofRoles.get(role) ?? [omnipotence]),
        resource: merged(this.#ofResources.get(holder ?? resource)),
        resourceAccount: account || ownAccount,
        resourcePolicyDecides: service === "kms" || request.action === "sts:AssumeRole",
      },
    );
  }

  /** A key of an object for each pattern that any role's policy has for objects, and one for no pattern. */
  get objectKeys(): string[] {
    const patterns = [...this.#ofRoles.values()]
      .flat()
      .flatMap(({ statements }) => statements.flatMap(({ resource }) => resource?.patterns ?? []));
    const keys = patterns
      .filter((pattern) => pattern.startsWith("arn:aws:s3:::") && pattern.includes("/"))
      .map((pattern) => pattern.slice(pattern.indexOf("/") + 1).replaceAll("*", "x"));
    return [...new Set([...keys, "x"])];
  }
}

/** How a call is made that wants to get through: over TLS, and without replacing an object. */
const mostWelcome = { "aws:SecureTransport": "true", "s3:if-none-match": "*" };

const omnipotence = parsePolicy("the policies of a stranger", {
  Statement: [{ Sid: "All", Effect: "Allow", Action: "*", Resource: "*" }],
});

type Found = { readonly at: string; readonly ofRole: boolean; readonly document: unknown };

function collect(registrations: readonly Registration[]): { roles: Policies; resources: Policies } {
  const roles = new Map<string, Policy[]>();
  const resources = new Map<string, Policy[]>();
  // A role without any policy may do nothing.
  for (const { state } of registrations.filter(({ type }) => type === roleType)) {
    roles.set(String(state.arn), []);
  }
  for (const each of registrations) {
    const found = policiesByType[each.type]?.(each, registrations) ?? refuseOthers(each);
    for (const { at, ofRole, document } of found) {
      const policies = ofRole ? roles : resources;
      const policy = parsePolicy(`the policy of ${at}`, document);
      policies.set(at, [...(policies.get(at) ?? []), policy]);
    }
  }
  return { roles, resources };
}

const roleType = "aws:iam/role:Role";

type Reader = (each: Registration, all: readonly Registration[]) => Found[];

const policiesByType: Readonly<Record<string, Reader>> = {
  "aws:sns/topicPolicy:TopicPolicy": ({ inputs }) => at(inputs.arn, inputs.policy),
  "aws:sqs/queue:Queue": ({ inputs, state }) =>
    inputs.policy === undefined ? [] : at(state.arn, inputs.policy),
  "aws:s3/bucketPolicy:BucketPolicy": ({ inputs }, all) =>
    at(arnOf(inputs.bucket, "aws:s3/bucket:Bucket", all), inputs.policy),
  "aws:kms/keyPolicy:KeyPolicy": ({ inputs }, all) =>
    at(arnOf(inputs.keyId, "aws:kms/key:Key", all), inputs.policy),
  "aws:lambda/permission:Permission": ({ inputs }, all) => {
    const target = arnOf(inputs.function, "aws:lambda/function:Function", all);
    return at(target, { Statement: [permissionStatement(inputs, target)] });
  },
  [roleType]: ({ urn, inputs, state }) => {
    if (inputs.inlinePolicies ?? inputs.managedPolicyArns) {
      throw new Error(
        `${urn}: give a role its policies by RolePolicy, which others do not overwrite`,
      );
    }
    return at(state.arn, inputs.assumeRolePolicy);
  },
  "aws:iam/rolePolicy:RolePolicy": ({ inputs }, all) => [
    { at: arnOf(inputs.role, roleType, all), ofRole: true, document: inputs.policy },
  ],
};

function at(arn: unknown, document: unknown): Found[] {
  return [{ at: String(arn), ofRole: false, document }];
}

/** The ARN of what an input names by its id, or already by its ARN. */
function arnOf(named: unknown, type: string, all: readonly Registration[]): string {
  const found = all.find(
    (each) => each.type === type && (each.id === named || each.state.arn === named),
  );
  if (found === undefined) throw new Error(`there is no ${type} ${named}`);
  return String(found.state.arn);
}

/** https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html */
function permissionStatement(inputs: Registration["inputs"], target: string): object {
  const { action, principal, sourceArn, sourceAccount, ...others } = inputs;
  for (const other of Object.keys(others)) {
    if (!["function", "statementId", "region"].includes(other)) {
      throw new Error(`a permission of ${target} has ${other}, which this world does not know`);
    }
  }
  const kind = String(principal).endsWith(".amazonaws.com") ? "Service" : "AWS";
  return {
    Effect: "Allow",
    Principal: { [kind]: principal },
    Action: action,
    Resource: target,
    Condition: {
      ...(sourceArn !== undefined && { ArnLike: { "aws:SourceArn": sourceArn } }),
      ...(sourceAccount !== undefined && { StringEquals: { "aws:SourceAccount": sourceAccount } }),
    },
  };
}

/** Attacks prove nothing if a policy was not read. */
function refuseOthers({ urn, inputs }: Registration): [] {
  const unread = ["policy", "assumeRolePolicy", "policyArn"].filter((name) => name in inputs);
  if (unread.length > 0) throw new Error(`${urn}: this world does not know its ${unread.join()}`);
  return [];
}

function merged(policies: readonly Policy[] | undefined): Policy | undefined {
  const [first] = policies ?? [];
  return first && { ...first, statements: (policies ?? []).flatMap((each) => each.statements) };
}
