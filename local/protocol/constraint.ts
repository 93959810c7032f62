import { AwsError } from "./awsError.ts";

/**
 * The refusal of a member that breaks a rule of the service's API, in the words that AWS's services share.
 *
 * @param member `targets.1.member.id`
 * @param rule what follows "Member must": `have length less than or equal to 64`
 * @param code of the services that have their own
 */
export function violation(
  member: string,
  value: string | number | null,
  rule: string,
  code = "ValidationException",
): AwsError {
  const given = value === null ? "null" : `'${value}'`;
  return new AwsError(
    code,
    `1 validation error detected: Value ${given} at '${member}' failed to satisfy constraint: Member must ${rule}`,
  );
}

/** @throws AwsError ValidationException for a number that is no integer of the range */
export function checkRange(
  member: string,
  value: number | undefined,
  { min, max }: { readonly min: number; readonly max: number },
): void {
  if (value === undefined) return;
  if (!Number.isInteger(value)) throw violation(member, value, "be an integer");
  if (value < min) throw violation(member, value, `have value greater than or equal to ${min}`);
  if (value > max) throw violation(member, value, `have value less than or equal to ${max}`);
}
