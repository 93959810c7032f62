import * as v from "valibot";
import { type Deployment, deployment } from "../deployment.ts";

/** What the program has deployed by the time our server is ready. */
export async function deployedProgram(url: string): Promise<Deployment> {
  const response = await fetch(`${url}/_fanout/outputs`);
  return v.parse(deployment, await response.json());
}
