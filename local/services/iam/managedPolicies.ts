/**
 * Documents of policies that AWS manages, by their ARNs.
 *
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 */
export function managedPolicyDocument(arn: string): string | undefined {
  const statements = managed[arn.replace(/^arn:aws:iam::aws:policy\//, "")];
  return statements && JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

type Statement = {
  readonly Effect: "Allow";
  readonly Action: string | readonly string[];
  readonly Resource: string | readonly string[];
};

const managed: Readonly<Record<string, readonly Statement[]>> = {
  AdministratorAccess: [{ Effect: "Allow", Action: "*", Resource: "*" }],
};
