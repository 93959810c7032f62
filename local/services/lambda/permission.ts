import { accountRootArn } from "../../../aws/arn.ts";
import { AwsError } from "../../protocol/awsError.ts";
import { violation } from "../../protocol/constraint.ts";

/** Who may invoke a function, as the input of AddPermission. */
export type Permission = {
  /** 1 to 100 letters, digits, hyphens and underscores. */
  readonly statementId: string;
  /** For example `lambda:InvokeFunction`. */
  readonly action: string;
  /** A service (`sns.amazonaws.com`), an account id, the ARN of a principal, or `*`. */
  readonly principal: string;
  /** The resource that the service acts for; it may hold wildcards. */
  readonly sourceArn?: string;
  /** The account that the resource belongs to. */
  readonly sourceAccount?: string;
  /** The organization that the principal belongs to. */
  readonly principalOrgId?: string;
  /** How callers of the function's URL identify themselves: `NONE`, `AWS_IAM`. */
  readonly functionUrlAuthType?: string;
  /** Whether the function may be invoked by its URL alone. */
  readonly invokedViaFunctionUrl?: boolean;
};

export type PolicyStatement = {
  readonly Sid: string;
  readonly Effect: "Allow";
  readonly Principal: string | { readonly Service: string } | { readonly AWS: string };
  readonly Action: string;
  readonly Resource: string;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, string>>>>;
};

/**
 * A function's statements with one more.
 *
 * @throws AwsError `ResourceConflictException` if the statement's id exists
 */
export function withPermission(
  statements: readonly PolicyStatement[],
  permission: Permission,
  functionArn: string,
): readonly PolicyStatement[] {
  const statement = statementOf(permission, functionArn);
  if (statements.some(({ Sid }) => Sid === statement.Sid)) {
    throw new AwsError(
      "ResourceConflictException",
      `The statement id (${statement.Sid}) provided already exists. Please provide a new statement id, or remove the existing statement.`,
      { status: 409 },
    );
  }
  return [...statements, statement];
}

/**
 * The statement that Lambda writes into a function's policy.
 *
 * https://docs.aws.amazon.com/lambda/latest/api/API_AddPermission.html
 */
function statementOf(permission: Permission, functionArn: string): PolicyStatement {
  const { statementId, action } = permission;
  if (!/^[\w-]{1,100}$/.test(statementId)) {
    const rule = "satisfy regular expression pattern: ([a-zA-Z0-9-_]+)";
    throw violation("statementId", statementId, rule);
  }
  const conditions = conditionsOf(permission);
  return {
    Sid: statementId,
    Effect: "Allow",
    Principal: principalOf(permission.principal),
    Action: action,
    Resource: functionArn,
    ...(Object.keys(conditions).length > 0 ? { Condition: conditions } : {}),
  };
}

function conditionsOf(permission: Permission): NonNullable<PolicyStatement["Condition"]> {
  const { sourceArn, sourceAccount, principalOrgId, functionUrlAuthType } = permission;
  const equals = {
    ...(sourceAccount && { "AWS:SourceAccount": sourceAccount }),
    ...(principalOrgId && { "aws:PrincipalOrgID": principalOrgId }),
    ...(functionUrlAuthType && { "lambda:FunctionUrlAuthType": functionUrlAuthType }),
  };
  return {
    ...(Object.keys(equals).length > 0 && { StringEquals: equals }),
    ...(permission.invokedViaFunctionUrl && {
      Bool: { "lambda:InvokedViaFunctionUrl": "true" },
    }),
    ...(sourceArn && { ArnLike: { "AWS:SourceArn": sourceArn } }),
  };
}

/** The policy document that holds the statements, or undefined when there are none. */
export function policyOf(statements: readonly PolicyStatement[]): string | undefined {
  if (statements.length === 0) return undefined;
  return JSON.stringify({ Version: "2012-10-17", Id: "default", Statement: statements });
}

function principalOf(principal: string): PolicyStatement["Principal"] {
  if (principal === "*") return "*";
  if (/^\d{12}$/.test(principal)) return { AWS: accountRootArn(principal) };
  return principal.startsWith("arn:") ? { AWS: principal } : { Service: principal };
}
