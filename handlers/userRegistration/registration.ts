import * as v from "valibot";
import { parseJson } from "../lib/parseJson.ts";
import { emailAddress, identifier, line, moment } from "../samples/fields.ts";

const registration = v.object({
  userId: identifier,
  name: line,
  email: emailAddress,
  plan: v.picklist(["free", "paid"]),
  time: moment,
});

/** Who registered, and when. */
export type Registration = v.InferOutput<typeof registration>;

/** @throws PermanentError naming every problem by path */
export function readRegistration(body: string): Registration {
  return parseJson(registration, body, "registration");
}
