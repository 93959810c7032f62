import type { Cloud } from "../../cloud.ts";
import { beginsWith, oneOf, onlyLocally, range } from "../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  list,
  listed,
  map,
  number,
  object,
  region,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import { freeId, hostLabel } from "../../provider/freeId.ts";
import { ProviderError } from "../../pulumi/provider.ts";
import { functionOf } from "./functionOf.ts";
import type { Integration, StageSettings } from "./httpApi.ts";
import { httpAuthorizer } from "./resources/httpAuthorizer.ts";
import { checkSubtype } from "./serviceIntegration.ts";

const api = resourceType({
  type: "aws:apigatewayv2/api:Api",
  inputs: {
    corsConfiguration: object({
      allowCredentials: flag(),
      allowHeaders: list(text()),
      allowMethods: list(text()),
      allowOrigins: list(text()),
      exposeHeaders: list(text()),
      maxAge: number(),
    }),
    apiKeySelectionExpression: text({ default: "$request.header.x-api-key" }),
    credentialsArn: text({ replaces: true, check: onlyLocally() }),
    description: text(),
    disableExecuteApiEndpoint: flag({ default: false, check: onlyLocally(false) }),
    ipAddressType: listed(text({ computed: true }), "the local endpoint is the only one"),
    name: text(),
    protocolType: text({ ...requiredReplaces, check: onlyLocally("HTTP") }),
    region,
    routeKey: text(replaces),
    routeSelectionExpression: text({ default: "$request.method $request.path" }),
    tags,
    target: text(replaces),
    version: text(),
  },
  name: { input: "name", maximum: 128 },
  computed: ["apiEndpoint", "arn", "executionArn"],
  transient: true,
  create: (cloud, { target, routeKey, corsConfiguration }, making) => {
    const { web } = cloud;
    const id = making.id(() => freeId(hostLabel(making.name), (each) => web.hasApi(each)));
    web.apis.create(id);
    web.apis.setCors(id, corsConfiguration);
    if (target !== undefined) quickCreate(cloud, id, target, routeKey);
    return id;
  },
  update: ({ web: { apis } }, id, { corsConfiguration }) => apis.setCors(id, corsConfiguration),
  delete: ({ web: { apis } }, id) => apis.delete(id),
  outputs: ({ web: { apis }, region: own }, id) => {
    const { domainName, executionArn } = apis.names(id);
    const arn = `arn:aws:apigateway:${own}::/apis/${id}`;
    return { apiEndpoint: `https://${domainName}`, arn, executionArn };
  },
});

/**
 * A target makes the API whole: an integration, a route and the default stage.
 * https://docs.aws.amazon.com/apigatewayv2/latest/api-reference/apis.html
 */
function quickCreate(
  { web: { apis }, functions }: Cloud,
  id: string,
  target: string,
  routeKey = "$default",
): void {
  const { arn: functionArn } = functions.get(functionOf(target));
  apis.addIntegration(id, "quick", { functionArn, timeoutMilliseconds: 30_000 });
  apis.addRoute(id, routeKey, "quick");
  apis.deploy(id);
}

const integrationInputs = {
  apiId: text(requiredReplaces),
  connectionType: text({ default: "INTERNET", check: onlyLocally("INTERNET") }),
  credentialsArn: text(),
  description: text(),
  integrationMethod: text({ computed: true, check: onlyLocally("POST") }),
  integrationSubtype: text(replaces),
  integrationType: text({ ...requiredReplaces, check: onlyLocally("AWS_PROXY") }),
  integrationUri: text(),
  passthroughBehavior: listed(
    text({ default: "WHEN_NO_MATCH" }),
    "it concerns WebSocket APIs only",
  ),
  payloadFormatVersion: text({ default: "1.0", check: oneOf("1.0", "2.0") }),
  region,
  requestParameters: map(text()),
  timeoutMilliseconds: number({ computed: true, check: range(50, 30_000) }),
};

const integration = resourceType({
  type: "aws:apigatewayv2/integration:Integration",
  inputs: integrationInputs,
  transient: true,
  create: (cloud, given, making) => {
    const { apis } = cloud.web;
    const { apiId } = given;
    const id = making.id(() => freeId(making.name, (each) => apis.hasIntegration(apiId, each)));
    apis.addIntegration(apiId, id, integrationOf(cloud, given));
    return id;
  },
  update: (cloud, id, given) =>
    cloud.web.apis.addIntegration(given.apiId, id, integrationOf(cloud, given)),
  delete: ({ web: { apis } }, id, { apiId }) => apis.removeIntegration(apiId, id),
});

function integrationOf({ functions }: Cloud, given: Values<typeof integrationInputs>): Integration {
  const { integrationUri = "", integrationSubtype: subtype, requestParameters = {} } = given;
  const { timeoutMilliseconds = 30_000, payloadFormatVersion, credentialsArn } = given;
  if (subtype !== undefined) {
    checkSubtype(subtype);
    const service = { subtype, credentialsArn: roleOf(subtype, credentialsArn), requestParameters };
    return { timeoutMilliseconds, service };
  }
  requireNoMapping(requestParameters);
  const { arn: functionArn } = functions.get(functionOf(integrationUri));
  const payloadFormat = payloadFormatVersion === "1.0" ? "1.0" : "2.0";
  return { functionArn, credentials: credentialsArn, timeoutMilliseconds, payloadFormat };
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-develop-integrations-aws-services.html */
function roleOf(subtype: string, credentialsArn: string | undefined): string {
  if (credentialsArn !== undefined) return credentialsArn;
  throw new ProviderError(
    `an integration with the integrationSubtype "${subtype}" needs a credentialsArn: the role as which API Gateway calls the service`,
  );
}

function requireNoMapping(requestParameters: Readonly<Record<string, string>>): void {
  const names = Object.keys(requestParameters);
  if (names.length === 0) return;
  throw new ProviderError(
    `the local cloud does not support requestParameters of an integration without an integrationSubtype, got ${names.join(", ")}: functions get requests as they are`,
  );
}

const routeInputs = {
  apiId: text(requiredReplaces),
  authorizationScopes: list(text()),
  authorizationType: text({ default: "NONE", check: oneOf("NONE", "AWS_IAM", "JWT", "CUSTOM") }),
  authorizerId: text(),
  operationName: text(),
  region,
  routeKey: text(required),
  target: text({
    required: true,
    check: beginsWith("integrations/", "integrations/ and an integration's id"),
  }),
};

const route = resourceType({
  type: "aws:apigatewayv2/route:Route",
  inputs: routeInputs,
  transient: true,
  create: (cloud, given, making) => {
    addRoute(cloud, given);
    return making.id(() => `${given.apiId}-${making.name}`);
  },
  update: (cloud, _id, given, { before }) => {
    const { apiId, routeKey } = given;
    if (before.routeKey !== routeKey) cloud.web.apis.removeRoute(apiId, before.routeKey);
    addRoute(cloud, given);
  },
  delete: ({ web: { apis } }, _id, { apiId, routeKey }) => apis.removeRoute(apiId, routeKey),
});

function addRoute({ web: { apis } }: Cloud, given: Values<typeof routeInputs>): void {
  const { apiId, routeKey, target, authorizationType, authorizerId = "" } = given;
  const { authorizationScopes: scopes = [] } = given;
  const ofAuthorizer = authorizationType === "NONE" ? undefined : { authorizerId, scopes };
  const guard = authorizationType === "AWS_IAM" ? authorizationType : ofAuthorizer;
  apis.addRoute(apiId, routeKey, integrationIn(target), guard);
}

function integrationIn(target: string): string {
  return target.slice("integrations/".length);
}

const stageInputs = {
  accessLogSettings: listed(anything(), "the access log is written on AWS only"),
  apiId: text(requiredReplaces),
  autoDeploy: flag({ default: false, check: onlyLocally(true) }),
  defaultRouteSettings: object(
    {
      throttlingBurstLimit: number(),
      throttlingRateLimit: number(),
      detailedMetricsEnabled: flag(),
    },
    { computed: true },
  ),
  description: text(),
  name: text(replaces),
  region,
  routeSettings: listed(anything(), "single routes are throttled on AWS only"),
  stageVariables: map(text()),
  tags,
};

const stage = resourceType({
  type: "aws:apigatewayv2/stage:Stage",
  inputs: stageInputs,
  name: { input: "name", maximum: 128 },
  computed: ["arn", "executionArn", "invokeUrl"],
  transient: true,
  create: ({ web: { apis } }, inputs) => {
    apis.deploy(inputs.apiId, settingsOf(inputs), inputs.name);
    return inputs.name ?? "$default";
  },
  update: ({ web: { apis } }, name, inputs) => apis.deploy(inputs.apiId, settingsOf(inputs), name),
  delete: ({ web: { apis } }, name, { apiId }) => apis.undeploy(apiId, name),
  outputs: ({ web: { apis }, region: own }, name, { apiId }) => {
    const { domainName, executionArn } = apis.names(apiId);
    return {
      arn: `arn:aws:apigateway:${own}::/apis/${apiId}/stages/${name}`,
      executionArn: `${executionArn}/${name}`,
      invokeUrl: `https://${domainName}/${name === "$default" ? "" : name}`,
    };
  },
});

function settingsOf({
  defaultRouteSettings: settings,
  stageVariables: variables,
}: Values<typeof stageInputs>): StageSettings {
  const { throttlingRateLimit: perSecond, throttlingBurstLimit: burst } = settings ?? {};
  const isLimited = perSecond !== undefined && burst !== undefined;
  return { throttling: isLimited ? { perSecond, burst } : undefined, variables };
}

export const apigateway: readonly ResourceType[] = [api, integration, httpAuthorizer, route, stage];
