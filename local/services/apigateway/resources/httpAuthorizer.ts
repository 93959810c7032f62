import type { Cloud } from "../../../cloud.ts";
import { oneOf, range } from "../../../provider/declaration/checks.ts";
import {
  flag,
  list,
  listed,
  number,
  object,
  region,
  required,
  requiredReplaces,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../../provider/declaration/resourceType.ts";
import { freeId } from "../../../provider/freeId.ts";
import { functionOf } from "../functionOf.ts";
import type { HttpAuthorizer } from "../httpAuthorizer.ts";

const inputs = {
  apiId: text(requiredReplaces),
  authorizerCredentialsArn: text(),
  authorizerPayloadFormatVersion: text({ check: oneOf("1.0", "2.0") }),
  authorizerResultTtlInSeconds: number({ computed: true, check: range(0, 3600) }),
  authorizerType: text({ required: true, check: oneOf("JWT", "REQUEST") }),
  authorizerUri: text(),
  enableSimpleResponses: flag(),
  identitySources: list(text()),
  jwtConfiguration: listed(
    object({ audiences: list(text()), issuer: text() }),
    "claims of tokens are checked here, their signatures on AWS only",
  ),
  name: text(required),
  region,
};

export const httpAuthorizer: ResourceType = resourceType({
  type: "aws:apigatewayv2/authorizer:Authorizer",
  inputs,
  transient: true,
  create: (cloud, given, making) => {
    const { apis } = cloud.web;
    const { apiId } = given;
    const id = making.id(() => freeId(making.name, (each) => apis.hasAuthorizer(apiId, each)));
    apis.setAuthorizer(apiId, authorizerOf(cloud, id, given));
    return id;
  },
  update: (cloud, id, given) =>
    cloud.web.apis.setAuthorizer(given.apiId, authorizerOf(cloud, id, given)),
  delete: ({ web: { apis } }, id, { apiId }) => apis.removeAuthorizer(apiId, id),
});

function authorizerOf(
  { functions }: Cloud,
  id: string,
  given: Values<typeof inputs>,
): HttpAuthorizer {
  const { authorizerType, identitySources = [], jwtConfiguration } = given;
  if (authorizerType === "JWT") {
    const { issuer = "", audiences = [] } = jwtConfiguration ?? {};
    return { kind: "jwt", id, identitySources, issuer, audiences };
  }
  const { authorizerUri = "", authorizerPayloadFormatVersion: version } = given;
  return {
    kind: "lambda",
    id,
    functionArn: functions.get(functionOf(authorizerUri)).arn,
    credentials: given.authorizerCredentialsArn,
    identitySources,
    payloadFormat: version === "1.0" ? "1.0" : "2.0",
    isSimple: given.enableSimpleResponses === true,
    // Without an identity there is nothing to know a caller by.
    secondsToKeep: identitySources.length === 0 ? 0 : (given.authorizerResultTtlInSeconds ?? 300),
  };
}
