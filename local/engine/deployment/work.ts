import type { Provider } from "../../pulumi/provider.ts";
import type { Urn } from "../../pulumi/urn.ts";
import type { Deployment } from "./deployment.ts";
import type { Goal } from "./goal.ts";

/** A resource at work: what it is to be, and who makes it. */
export type Work = {
  readonly deployment: Deployment;
  readonly urn: Urn;
  readonly goal: Goal;
  readonly provider: Provider;
};
