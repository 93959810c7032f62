import { formatArn } from "../../arn.ts";
import { region, requiredReplaces, text } from "../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../provider/declaration/resourceType.ts";

const nothingVerified = "local e-mail goes to the outbox, from any sender";

export const ses: readonly ResourceType[] = [
  listedType({
    type: "aws:ses/emailIdentity:EmailIdentity",
    listed: nothingVerified,
    inputs: { email: text(requiredReplaces), region },
    computed: ["arn"],
    id: ({ email }) => String(email),
    outputs: (cloud, id) => ({ arn: formatArn("ses", cloud.region, `identity/${id}`) }),
  }),
  listedType({
    type: "aws:ses/domainIdentity:DomainIdentity",
    listed: nothingVerified,
    inputs: { domain: text(requiredReplaces), region },
    computed: ["arn", "verificationToken"],
    id: ({ domain }) => String(domain),
    outputs: (cloud, id) => ({
      arn: formatArn("ses", cloud.region, `identity/${id}`),
      verificationToken: "local",
    }),
  }),
];
