import { account, formatArn } from "../../arn.ts";
import { anything, flag, region, replaces, tags, text } from "../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../provider/declaration/resourceType.ts";

/** Networks have no meaning where everything runs on one machine. */
export const ec2: readonly ResourceType[] = [
  listedType({
    type: "aws:ec2/securityGroup:SecurityGroup",
    listed: "local functions use this machine's network",
    inputs: {
      description: text({ default: "Managed by Pulumi", replaces: true }),
      egress: anything({ computed: true }),
      ingress: anything({ computed: true }),
      name: text({ replaces: true, conflicts: ["namePrefix"] }),
      namePrefix: text(replaces),
      region,
      revokeRulesOnDelete: flag({ default: false }),
      tags,
      vpcId: text({ replaces: true, computed: true }),
    },
    name: { input: "name", maximum: 255, prefixInput: "namePrefix" },
    computed: ["arn", "ownerId"],
    id: (_inputs, { name }) => `sg-${name}`,
    outputs: (cloud, id) => ({
      arn: formatArn("ec2", cloud.region, `security-group/${id}`),
      ownerId: account,
    }),
  }),
];
