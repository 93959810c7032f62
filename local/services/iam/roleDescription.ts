import type { Role } from "./roles.ts";

/** A role as its resource type shows it. */
export function describeRole({ arn, name, trust, inline, attached, boundary }: Role) {
  return {
    arn,
    name,
    path: arn.replace(/^[^/]*/, "").slice(0, -name.length),
    createDate: "1970-01-01T00:00:00Z",
    uniqueId: `AROA${Buffer.from(name).toString("hex").toUpperCase().slice(0, 17).padEnd(17, "0")}`,
    ...(trust !== undefined && { assumeRolePolicy: trust }),
    inlinePolicies: [...inline].map(([each, policy]) => ({ name: each, policy })),
    managedPolicyArns: [...attached],
    ...(boundary !== undefined && { permissionsBoundary: boundary }),
  };
}
