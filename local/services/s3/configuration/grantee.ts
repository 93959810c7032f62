import * as v from "valibot";
import { choice, element, optional, text, typeMember } from "./documentSchema.ts";

/** The member that says who a grantee of a type is. */
const identities = {
  AmazonCustomerByEmail: "EmailAddress",
  CanonicalUser: "ID",
  Group: "URI",
} as const;

const xsi = "http://www.w3.org/2001/XMLSchema-instance";

/** Who is granted something: of the stated type, and described by the member of that type. */
export const grantee = v.pipe(
  element({
    [typeMember]: choice("AmazonCustomerByEmail", "CanonicalUser", "Group"),
    DisplayName: optional(text),
    EmailAddress: optional(text),
    ID: optional(text),
    URI: optional(text),
  }),
  v.check((given) =>
    Object.entries(identities).every(
      ([type, name]) => (given[name] !== undefined) === (given[typeMember] === type),
    ),
  ),
  v.transform(({ [typeMember]: type, ...given }) => ({
    "@xmlns:xsi": xsi,
    "@xsi:type": type,
    ...given,
  })),
);
