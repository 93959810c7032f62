import type { Principal } from "../../../local/protocol/access.ts";
import type { Deployed } from "../programs/deployed.ts";
import { ownAccount } from "../programs/mockedResource.ts";
import { byRole, byService, type Hop } from "./hop.ts";

export const foreignAccount = "999999999999";

/** An action on a resource, as one principal. */
export type Attack = (action: string, resource: string) => Hop;

/** Services that act on behalf of others. The pattern allows some of them for its own resources. */
const services = [
  "apigateway",
  "cloudfront",
  "cloudwatch",
  "events",
  "firehose",
  "lambda",
  "s3",
  "scheduler",
  "ses",
  "sns",
];

/** Another account, its roles, and services that act for it or for no resource. */
export const strangers: readonly Attack[] = [
  { kind: "account", account: foreignAccount } as const,
  { kind: "role", arn: `arn:aws:iam::${foreignAccount}:role/administrator` } as const,
]
  .map(as)
  .concat(
    services.flatMap((service): Attack[] => [
      (action, resource) => byService(service, {}, action, resource),
      (action, resource) => byService(service, sourceIn(foreignAccount, service), action, resource),
      (action, resource) => byService(service, sourceIn(ownAccount, service), action, resource),
    ]),
  );

/** What lets a hop through, in another account: a topic of that name, a bucket taken over. */
export function twinOf(hop: Hop): Hop | undefined {
  const source = hop.context["aws:SourceArn"];
  if (source === undefined) return undefined;
  const context = {
    "aws:SourceArn": source.replace(`:${ownAccount}:`, `:${foreignAccount}:`),
    "aws:SourceAccount": foreignAccount,
  };
  return { ...hop, context };
}

/** Our own topics and buckets. */
export function ourSources(deployed: Deployed): Attack[] {
  return [
    ...deployed.ofType("aws:sns/topic:Topic").map(
      ({ state }): Attack =>
        (...target) =>
          byService("sns", { arn: state.arn }, ...target),
    ),
    ...deployed.ofType("aws:s3/bucket:Bucket").map(
      ({ state }): Attack =>
        (...target) =>
          byService("s3", { arn: state.arn, account: ownAccount }, ...target),
    ),
  ];
}

/** Our own roles. */
export function ourRoles(deployed: Deployed): Attack[] {
  return deployed.ofType("aws:iam/role:Role").map(
    ({ state }): Attack =>
      (...target) =>
        byRole(state.arn, ...target),
  );
}

function as(principal: Principal): Attack {
  return (action, resource) => ({ principal, action, resource, context: {} });
}

function sourceIn(account: string, service: string) {
  return { arn: `arn:aws:${service}:eu-west-1:${account}:unrelated`, account };
}
