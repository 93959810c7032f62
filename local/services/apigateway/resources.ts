import { beginsWith, onlyLocally, range } from "../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  listed,
  number,
  object,
  region,
  required,
  requiredReplaces,
  tags,
  text,
} from "../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../provider/declaration/resourceType.ts";
import { freeId } from "../../provider/freeId.ts";

const api = resourceType({
  type: "aws:apigatewayv2/api:Api",
  inputs: {
    description: text(),
    name: text(),
    protocolType: text({ ...requiredReplaces, check: onlyLocally("HTTP") }),
    region,
    tags,
  },
  name: { input: "name", maximum: 128 },
  computed: ["apiEndpoint", "arn", "executionArn"],
  transient: true,
  create: ({ web: { apis } }, _inputs, making) => {
    const id = making.id(() => freeId(making.name, (each) => apis.has(each)));
    apis.create(id);
    return id;
  },
  update: () => {},
  delete: ({ web: { apis } }, id) => apis.delete(id),
  outputs: ({ web: { apis }, region: own }, id) => {
    const { domainName, executionArn } = apis.names(id);
    const arn = `arn:aws:apigateway:${own}::/apis/${id}`;
    return { apiEndpoint: `https://${domainName}`, arn, executionArn };
  },
});

const integration = resourceType({
  type: "aws:apigatewayv2/integration:Integration",
  inputs: {
    apiId: text(requiredReplaces),
    connectionType: text({ default: "INTERNET", check: onlyLocally("INTERNET") }),
    description: text(),
    integrationMethod: text({ computed: true, check: onlyLocally("POST") }),
    integrationType: text({ ...requiredReplaces, check: onlyLocally("AWS_PROXY") }),
    integrationUri: text(required),
    payloadFormatVersion: text({ default: "1.0", check: onlyLocally("2.0") }),
    region,
    timeoutMilliseconds: number({ computed: true, check: range(50, 30_000) }),
  },
  transient: true,
  create: (cloud, { apiId, integrationUri, timeoutMilliseconds = 30_000 }, making) => {
    const { apis } = cloud.web;
    const { arn: functionArn } = cloud.functions.get(functionOf(integrationUri));
    const id = making.id(() => freeId(making.name, (each) => apis.hasIntegration(apiId, each)));
    apis.addIntegration(apiId, id, { functionArn, timeoutMilliseconds });
    return id;
  },
  update: (cloud, id, { apiId, integrationUri, timeoutMilliseconds = 30_000 }) => {
    const { arn: functionArn } = cloud.functions.get(functionOf(integrationUri));
    cloud.web.apis.addIntegration(apiId, id, { functionArn, timeoutMilliseconds });
  },
  delete: ({ web: { apis } }, id, { apiId }) => apis.removeIntegration(apiId, id),
});

/** An integration names its function by the function's ARN, or by the ARN to invoke it through API Gateway. */
function functionOf(uri: string): string {
  return /\/functions\/(arn:aws:lambda:.+)\/invocations$/.exec(uri)?.[1] ?? uri;
}

const route = resourceType({
  type: "aws:apigatewayv2/route:Route",
  inputs: {
    apiId: text(requiredReplaces),
    authorizationType: text({ default: "NONE", check: onlyLocally("NONE") }),
    operationName: text(),
    region,
    routeKey: text(required),
    target: text({
      required: true,
      check: beginsWith("integrations/", "integrations/ and an integration's id"),
    }),
  },
  transient: true,
  create: ({ web: { apis } }, { apiId, routeKey, target }, making) => {
    apis.addRoute(apiId, routeKey, integrationIn(target));
    return making.id(() => `${apiId}-${making.name}`);
  },
  update: ({ web: { apis } }, _id, { apiId, routeKey, target }, { before }) => {
    if (before.routeKey !== routeKey) apis.removeRoute(apiId, before.routeKey);
    apis.addRoute(apiId, routeKey, integrationIn(target));
  },
  delete: ({ web: { apis } }, _id, { apiId, routeKey }) => apis.removeRoute(apiId, routeKey),
});

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
  name: text({ replaces: true, check: onlyLocally("$default") }),
  region,
  tags,
};

type Throttled = {
  readonly defaultRouteSettings?:
    | {
        readonly throttlingBurstLimit: number | undefined;
        readonly throttlingRateLimit: number | undefined;
      }
    | undefined;
};

const stage = resourceType({
  type: "aws:apigatewayv2/stage:Stage",
  inputs: stageInputs,
  name: { input: "name", maximum: 128 },
  computed: ["arn", "executionArn", "invokeUrl"],
  transient: true,
  create: ({ web: { apis } }, inputs) => {
    apis.deploy(inputs.apiId, throttlingOf(inputs));
    return inputs.name ?? "$default";
  },
  update: ({ web: { apis } }, _id, inputs) => apis.deploy(inputs.apiId, throttlingOf(inputs)),
  delete: ({ web: { apis } }, _id, { apiId }) => apis.undeploy(apiId),
  outputs: ({ web: { apis }, region: own }, _id, { apiId }) => {
    const { domainName, executionArn } = apis.names(apiId);
    return {
      arn: `arn:aws:apigateway:${own}::/apis/${apiId}/stages/$default`,
      executionArn: `${executionArn}/$default`,
      invokeUrl: `https://${domainName}/`,
    };
  },
});

function throttlingOf({ defaultRouteSettings: settings }: Throttled) {
  const { throttlingRateLimit: perSecond, throttlingBurstLimit: burst } = settings ?? {};
  return perSecond === undefined || burst === undefined ? undefined : { perSecond, burst };
}

export const apigateway: readonly ResourceType[] = [api, integration, route, stage];
