import { account } from "../../arn.ts";
import type { Cloud } from "../../cloud.ts";
import { isoSeconds } from "../../time/isoSeconds.ts";
import { region, required, text } from "../declaration/field.ts";
import { lookup } from "./lookup.ts";

const userName = "AWS";
const password = "local";
const hours = 12;

/** Credentials of ECR for programs that pass them on. The local cloud has no registry that takes images. */
export const registryLookups = [
  lookup(
    "aws:ecr/getAuthorizationToken:getAuthorizationToken",
    { region, registryId: text() },
    ({ cloud }, { registryId = account }) => ({
      ...credentials(cloud, registryId),
      ...{ id: cloud.region, region: cloud.region },
    }),
  ),

  lookup(
    "aws:ecr/getCredentials:getCredentials",
    { registryId: text(required) },
    ({ cloud }, { registryId }) => ({ ...credentials(cloud, registryId), id: registryId }),
  ),
];

function credentials({ clock, region: own }: Cloud, registryId: string) {
  return {
    authorizationToken: Buffer.from(`${userName}:${password}`).toString("base64"),
    expiresAt: isoSeconds(clock.now() + hours * 60 * 60 * 1000),
    password,
    proxyEndpoint: `https://${registryId}.dkr.ecr.${own}.amazonaws.com`,
    userName,
  };
}
