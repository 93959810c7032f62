import type { Cloud } from "../../../cloud.ts";
import { oneOf, onlyLocally, range } from "../../../provider/declaration/checks.ts";
import {
  anything,
  flag,
  json,
  list,
  listed,
  map,
  number,
  region,
  replaces,
  required,
  requiredReplaces,
  tags,
  text,
  type Values,
} from "../../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../../provider/declaration/resourceType.ts";
import { freeId, hostLabel } from "../../../provider/freeId.ts";
import type { ApiKeySource } from "../rest/admission.ts";
import { integrationOf } from "../rest/integration.ts";
import { importOpenApi } from "../rest/openApi.ts";
import { checkTemplate } from "../rest/template.ts";
import { restAccess } from "./restAccess.ts";
import { restListed } from "./restListed.ts";
import { restStages } from "./restStages.ts";

const restApi = resourceType({
  type: "aws:apigateway/restApi:RestApi",
  inputs: {
    apiKeySource: text({ computed: true, check: oneOf("HEADER", "AUTHORIZER") }),
    binaryMediaTypes: list(text(), { computed: true }),
    body: json(),
    description: text({ computed: true }),
    disableExecuteApiEndpoint: flag({ computed: true, check: onlyLocally(false) }),
    endpointConfiguration: listed(
      anything({ computed: true }),
      "the local endpoint is the only one",
    ),
    failOnWarnings: flag(),
    minimumCompressionSize: listed(text({ computed: true }), "responses are sent as they are"),
    name: text({ computed: true }),
    parameters: listed(map(text()), "OpenAPI documents are imported as they are"),
    policy: listed(json({ computed: true }), "everybody on this machine may call the API"),
    putRestApiMode: text({ default: "overwrite", check: onlyLocally("overwrite") }),
    region,
    tags,
  },
  name: { input: "name", maximum: 128 },
  computed: ["arn", "createdDate", "executionArn", "rootResourceId"],
  transient: true,
  create: ({ web }, { body, binaryMediaTypes, apiKeySource }, making) => {
    const id = making.id(() => freeId(hostLabel(making.name), (each) => web.hasApi(each)));
    const { rootResourceId } = web.restApis.create(id, binaryMediaTypes);
    web.restApis.setApiKeySource(id, sourceOf(apiKeySource));
    if (body !== undefined) importOpenApi(web.restApis.definition(id), rootResourceId, body);
    return id;
  },
  update: ({ web: { restApis } }, id, given, { before }) => {
    const { body, binaryMediaTypes = [], apiKeySource } = given;
    restApis.setApiKeySource(id, sourceOf(apiKeySource));
    restApis.setBinaryMediaTypes(id, binaryMediaTypes);
    if (body === undefined || body === before.body) return;
    importOpenApi(restApis.definition(id), restApis.names(id).rootResourceId, body);
  },
  delete: ({ web: { restApis } }, id) => restApis.delete(id),
  outputs: ({ web: { restApis }, region: own, clock }, id) => {
    const { executionArn, rootResourceId } = restApis.names(id);
    const createdDate = new Date(clock.now()).toISOString();
    return {
      arn: `arn:aws:apigateway:${own}::/restapis/${id}`,
      createdDate,
      executionArn,
      rootResourceId,
    };
  },
});

function sourceOf(apiKeySource: string | undefined): ApiKeySource {
  return apiKeySource === "AUTHORIZER" ? "AUTHORIZER" : "HEADER";
}

const resource = resourceType({
  type: "aws:apigateway/resource:Resource",
  inputs: {
    parentId: text(required),
    pathPart: text(required),
    region,
    restApi: text(requiredReplaces),
  },
  computed: ["path"],
  changing: ["path"],
  transient: true,
  create: ({ web: { restApis } }, { restApi: api, parentId, pathPart }, making) => {
    const definition = restApis.definition(api);
    const id = making.id(() => freeId(making.name, (each) => definition.resources.has(each)));
    definition.addResource(id, parentId, pathPart);
    return id;
  },
  update: ({ web: { restApis } }, id, { restApi: api, parentId, pathPart }) =>
    restApis.definition(api).addResource(id, parentId, pathPart),
  delete: ({ web: { restApis } }, id, { restApi: api }) => {
    if (restApis.has(api)) restApis.definition(api).resources.delete(id);
  },
  outputs: ({ web: { restApis } }, id, { restApi: api }) => ({
    path: restApis.definition(api).resources.get(id)?.path ?? "",
  }),
});

const ofMethod = {
  httpMethod: text(requiredReplaces),
  region,
  resourceId: text(requiredReplaces),
  restApi: text(requiredReplaces),
};

const methodInputs = {
  ...ofMethod,
  apiKeyRequired: flag({ default: false }),
  authorization: text({ required: true, check: oneOf("NONE", "AWS_IAM", "CUSTOM") }),
  authorizationScopes: list(text(), { check: onlyLocally() }),
  authorizerId: text(),
  operationName: text(),
  requestModels: listed(map(text()), "requests are validated on AWS only"),
  requestParameters: listed(map(flag()), "requests are validated on AWS only"),
  requestValidatorId: listed(text(), "requests are validated on AWS only"),
};

const method = resourceType({
  type: "aws:apigateway/method:Method",
  inputs: methodInputs,
  transient: true,
  create: (cloud, given, making) => {
    const { restApi: api, resourceId, httpMethod } = given;
    addMethod(cloud, given);
    return making.id(() => `agm-${api}-${resourceId}-${httpMethod}`);
  },
  update: (cloud, _id, given) => addMethod(cloud, given),
  delete: ({ web: { restApis } }, _id, { restApi: api, resourceId, httpMethod }) => {
    if (restApis.has(api)) restApis.definition(api).removeMethod(resourceId, httpMethod);
  },
});

function addMethod({ web: { restApis } }: Cloud, given: Values<typeof methodInputs>): void {
  const { restApi: api, resourceId, httpMethod, apiKeyRequired } = given;
  const authorization = authorizationOf(given);
  restApis.definition(api).addMethod(resourceId, httpMethod, { apiKeyRequired, authorization });
}

function authorizationOf({ authorization, authorizerId = "" }: Values<typeof methodInputs>) {
  if (authorization === "AWS_IAM") return authorization;
  return authorization === "CUSTOM" ? { authorizerId } : undefined;
}

const integrationInputs = {
  ...ofMethod,
  cacheKeyParameters: listed(list(text()), "responses are cached on AWS only"),
  cacheNamespace: listed(text({ computed: true }), "responses are cached on AWS only"),
  connectionType: text({ default: "INTERNET", replaces: true, check: onlyLocally("INTERNET") }),
  contentHandling: text({ check: onlyLocally() }),
  credentials: text(replaces),
  integrationHttpMethod: text(replaces),
  passthroughBehavior: listed(
    text({ computed: true, replaces: true }),
    "a request whose content type has no template passes as it is",
  ),
  requestParameters: map(text()),
  requestTemplates: map(text()),
  timeoutMilliseconds: number({ default: 29_000, check: range(50, 300_000) }),
  type: text({
    ...requiredReplaces,
    check: oneOf("AWS", "AWS_PROXY", "HTTP", "HTTP_PROXY", "MOCK"),
  }),
  uri: text(replaces),
};

const integration = resourceType({
  type: "aws:apigateway/integration:Integration",
  inputs: integrationInputs,
  transient: true,
  create: (cloud, given, making) => {
    integrate(cloud, given);
    return making.id(() => `agi-${given.restApi}-${given.resourceId}-${given.httpMethod}`);
  },
  update: (cloud, _id, given) => integrate(cloud, given),
  delete: ({ web: { restApis } }, _id, { restApi: api, resourceId, httpMethod }) => {
    if (restApis.has(api)) restApis.definition(api).removeIntegration(resourceId, httpMethod);
  },
});

function integrate({ web: { restApis } }: Cloud, given: Values<typeof integrationInputs>): void {
  const { restApi: api, resourceId, httpMethod } = given;
  restApis.definition(api).setIntegration(resourceId, httpMethod, integrationOf(given));
}

const responseInputs = {
  ...ofMethod,
  contentHandling: text({ check: onlyLocally() }),
  responseParameters: map(text()),
  responseTemplates: map(text()),
  selectionPattern: text(),
  statusCode: text(requiredReplaces),
};

const integrationResponse = resourceType({
  type: "aws:apigateway/integrationResponse:IntegrationResponse",
  inputs: responseInputs,
  transient: true,
  create: (cloud, given, making) => {
    respond(cloud, given);
    const { restApi: api, resourceId, httpMethod, statusCode } = given;
    return making.id(() => `agir-${api}-${resourceId}-${httpMethod}-${statusCode}`);
  },
  update: (cloud, _id, given) => respond(cloud, given),
  delete: ({ web: { restApis } }, _id, { restApi: api, resourceId, httpMethod, statusCode }) => {
    if (!restApis.has(api)) return;
    restApis.definition(api).removeResponse(resourceId, httpMethod, statusCode);
  },
});

function respond({ web: { restApis } }: Cloud, given: Values<typeof responseInputs>): void {
  const { restApi: api, resourceId, httpMethod, statusCode, selectionPattern } = given;
  const { responseTemplates = {}, responseParameters = {} } = given;
  for (const template of Object.values(responseTemplates)) checkTemplate(template);
  const response = { statusCode, selectionPattern, responseTemplates, responseParameters };
  restApis.definition(api).setResponse(resourceId, httpMethod, response);
}

export const restApigateway: readonly ResourceType[] = [
  restApi,
  resource,
  method,
  integration,
  integrationResponse,
  ...restAccess,
  ...restStages,
  ...restListed,
];
