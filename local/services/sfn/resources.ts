import type { Cloud } from "../../cloud.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { oneOf, onlyLocally } from "../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  json,
  listed,
  region,
  replaces,
  required,
  tags,
  text,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";

const stateMachine = resourceType({
  type: "aws:sfn/stateMachine:StateMachine",
  inputs: {
    definition: json(required),
    encryptionConfiguration: listed(anything({ computed: true }), "data is encrypted on AWS only"),
    loggingConfiguration: listed(anything({ computed: true }), "executions are logged on AWS only"),
    name: text({ replaces: true, conflicts: ["namePrefix"] }),
    namePrefix: text(replaces),
    publish: flag({ default: false, check: onlyLocally(false) }),
    region,
    roleArn: text(required),
    tags,
    tracingConfiguration: listed(
      anything({ computed: true }),
      "X-Ray traces executions on AWS only",
    ),
    type: text({ default: "STANDARD", replaces: true, check: oneOf("STANDARD", "EXPRESS") }),
  },
  name: { input: "name", maximum: 80, prefixInput: "namePrefix" },
  computed: [
    "arn",
    "creationDate",
    "description",
    "revisionId",
    "stateMachineVersionArn",
    "status",
    "versionDescription",
  ],
  transient: true,
  create: (cloud, { name = "", definition, roleArn, type }) => {
    requireTrust(cloud, roleArn);
    const kind = type === "EXPRESS" ? "EXPRESS" : "STANDARD";
    return cloud.stateMachines.create({ name, definition, roleArn, type: kind }).arn;
  },
  update: (cloud, arn, { definition, roleArn }) => {
    requireTrust(cloud, roleArn);
    cloud.stateMachines.update(arn, { definition, roleArn });
  },
  delete: ({ stateMachines }, arn) => stateMachines.delete(arn),
  read: ({ stateMachines }, arn) => {
    const found = stateMachines.find(arn);
    return (
      found && {
        arn,
        name: found.name,
        definition: found.definition,
        roleArn: found.roleArn,
        type: found.type,
        creationDate: new Date(found.created).toISOString(),
        description: "",
        revisionId: "",
        stateMachineVersionArn: "",
        status: "ACTIVE",
        versionDescription: "",
      }
    );
  },
});

/** Roles name Step Functions with the region or without. */
function requireTrust({ permissions, region: own }: Cloud, role: string): void {
  const plain = permissions.assume(role, "states.amazonaws.com");
  if (plain.allowed || permissions.assume(role, `states.${own}.amazonaws.com`).allowed) return;
  throw new AwsError(
    "AccessDeniedException",
    `Neither the global service principal states.amazonaws.com, nor the regional one is authorized to assume the provided role. (${plain.reason})`,
  );
}

export const sfnTypes: readonly ResourceType[] = [stateMachine];
