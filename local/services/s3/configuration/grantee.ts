import * as v from "valibot";
import { element, optional, text } from "./documentSchema.ts";

const members = element({
  DisplayName: optional(text),
  EmailAddress: optional(text),
  ID: optional(text),
  URI: optional(text),
});

const xsi = "http://www.w3.org/2001/XMLSchema-instance";

/** Who is granted something, with the attribute that says of what type. */
export const grantee = v.pipe(
  members,
  v.transform((given) => ({ "@xmlns:xsi": xsi, "@xsi:type": typeOf(given), ...given })),
);

function typeOf({ URI, EmailAddress }: v.InferOutput<typeof members>): string {
  if (URI !== undefined) return "Group";
  return EmailAddress === undefined ? "CanonicalUser" : "AmazonCustomerByEmail";
}
