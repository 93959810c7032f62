import { PolicyPack } from "@pulumi/policy";
import { fanoutPolicies } from "./policies.ts";

new PolicyPack("fanout", {
  policies: fanoutPolicies({ requiredTags: ["project", "stack"] }),
  enforcementLevel: "mandatory",
});
