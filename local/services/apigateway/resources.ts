import * as v from "valibot";
import type { Cloud } from "../../cloud.ts";
import {
  optionalText,
  type ResourceType,
  resourceType,
  tags,
} from "../../provider/resourceType.ts";

export const apigateway: Readonly<Record<string, ResourceType>> = {
  "aws:apigatewayv2/api:Api": resourceType(
    { name: optionalText, protocolType: v.literal("HTTP"), description: optionalText, tags },
    (cloud, logicalName, { name = logicalName }) => {
      const { id, domainName, executionArn } = cloud.web.apis.create(logicalName);
      return { id, outputs: { name, apiEndpoint: `https://${domainName}`, executionArn } };
    },
  ),

  "aws:apigatewayv2/integration:Integration": resourceType(
    {
      apiId: v.string(),
      integrationType: v.literal("AWS_PROXY"),
      integrationUri: v.string(),
      payloadFormatVersion: v.literal("2.0"),
      timeoutMilliseconds: v.optional(v.number(), 30_000),
    },
    (cloud, logicalName, { apiId, integrationUri, timeoutMilliseconds }) => {
      const { arn: functionArn } = cloud.functions.get(integrationUri);
      cloud.web.apis.addIntegration(apiId, logicalName, { functionArn, timeoutMilliseconds });
      return { id: logicalName };
    },
  ),

  "aws:apigatewayv2/route:Route": resourceType(
    {
      apiId: v.string(),
      routeKey: v.string(),
      target: v.pipe(v.string(), v.startsWith("integrations/")),
    },
    (cloud, logicalName, { apiId, routeKey, target }) => {
      cloud.web.apis.addRoute(apiId, routeKey, target.slice("integrations/".length));
      return { id: logicalName };
    },
  ),

  "aws:apigatewayv2/stage:Stage": resourceType(
    {
      apiId: v.string(),
      name: v.literal("$default"),
      autoDeploy: v.literal(true),
      defaultRouteSettings: v.optional(
        v.strictObject({ throttlingRateLimit: v.number(), throttlingBurstLimit: v.number() }),
      ),
      accessLogSettings: v.optional(
        v.strictObject({ destinationArn: v.string(), format: v.string() }),
      ),
      tags,
    },
    (cloud, _name, { apiId, defaultRouteSettings: settings, accessLogSettings }) => {
      if (accessLogSettings) noteAccessLog(cloud, apiId);
      cloud.web.apis.deploy(
        apiId,
        settings && {
          perSecond: settings.throttlingRateLimit,
          burst: settings.throttlingBurstLimit,
        },
      );
      return { id: "$default" };
    },
  ),
};

function noteAccessLog(cloud: Cloud, apiId: string): void {
  cloud.note(`${apiId}: the API's access log; it is written on AWS only`);
}
