/** The public interface of the policies. */

export { type FanoutPoliciesArgs, fanoutPolicies } from "./policies.ts";
