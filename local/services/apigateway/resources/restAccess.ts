import { randomBytes } from "node:crypto";
import type { Cloud } from "../../../cloud.ts";
import { oneOf, onlyLocally, range } from "../../../provider/declaration/checks.ts";
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
} from "../../../provider/declaration/field.ts";
import { type ResourceType, resourceType } from "../../../provider/declaration/resourceType.ts";
import { freeId } from "../../../provider/freeId.ts";
import { functionOf } from "../functionOf.ts";
import { wholePattern } from "../rest/wholePattern.ts";

const notCounted = "requests of a usage plan are counted on AWS only";

const apiKeyInputs = {
  customerId: text(),
  description: text({ default: "Managed by Pulumi" }),
  enabled: flag({ default: true }),
  name: text(replaces),
  region,
  tags,
  value: text({ computed: true, replaces: true }),
};

const apiKey = resourceType({
  type: "aws:apigateway/apiKey:ApiKey",
  inputs: apiKeyInputs,
  name: { input: "name", maximum: 1024 },
  computed: ["arn", "createdDate", "lastUpdatedDate"],
  transient: true,
  create: ({ web: { restApis } }, { value = newKey(), enabled }, making) => {
    const { usagePlans } = restApis;
    const id = making.id(() => freeId(making.name, (each) => usagePlans.hasKey(each)));
    usagePlans.setKey(id, { value, enabled });
    return id;
  },
  update: ({ web: { restApis } }, id, { enabled }) => {
    const { value = newKey() } = restApis.usagePlans.key(id) ?? {};
    restApis.usagePlans.setKey(id, { value, enabled });
  },
  delete: ({ web: { restApis } }, id) => restApis.usagePlans.removeKey(id),
  outputs: ({ web: { restApis }, region: own, clock }, id) => {
    const date = new Date(clock.now()).toISOString();
    const { value = "" } = restApis.usagePlans.key(id) ?? {};
    const arn = `arn:aws:apigateway:${own}::/apikeys/${id}`;
    return { arn, createdDate: date, lastUpdatedDate: date, value };
  },
});

/** 40 letters and digits. */
function newKey(): string {
  return randomBytes(20).toString("hex");
}

const usagePlanInputs = {
  apiStages: list(
    object({
      apiId: text(required),
      stage: text(required),
      throttles: listed(anything(), notCounted),
    }),
  ),
  description: text(),
  name: text(),
  productCode: text(),
  quotaSettings: listed(anything(), notCounted),
  region,
  tags,
  throttleSettings: listed(anything(), notCounted),
};

const usagePlan = resourceType({
  type: "aws:apigateway/usagePlan:UsagePlan",
  inputs: usagePlanInputs,
  name: { input: "name", maximum: 1024 },
  computed: ["arn"],
  transient: true,
  create: ({ web: { restApis } }, { apiStages = [] }, making) => {
    const { usagePlans } = restApis;
    const id = making.id(() => freeId(making.name, (each) => usagePlans.hasPlan(each)));
    usagePlans.setPlan(id, { stages: apiStages });
    return id;
  },
  update: ({ web: { restApis } }, id, { apiStages = [] }) =>
    restApis.usagePlans.setPlan(id, { stages: apiStages }),
  delete: ({ web: { restApis } }, id) => restApis.usagePlans.removePlan(id),
  outputs: ({ region: own }, id) => ({ arn: `arn:aws:apigateway:${own}::/usageplans/${id}` }),
});

const usagePlanKey = resourceType({
  type: "aws:apigateway/usagePlanKey:UsagePlanKey",
  inputs: {
    keyId: text(requiredReplaces),
    keyType: text({ ...requiredReplaces, check: onlyLocally("API_KEY") }),
    region,
    usagePlanId: text(requiredReplaces),
  },
  computed: ["name", "value"],
  transient: true,
  create: ({ web: { restApis } }, { usagePlanId, keyId }, making) => {
    restApis.usagePlans.addMember(usagePlanId, keyId);
    return making.id(() => `${usagePlanId}-${keyId}`);
  },
  update: () => {},
  delete: ({ web: { restApis } }, _id, { usagePlanId, keyId }) =>
    restApis.usagePlans.removeMember(usagePlanId, keyId),
  outputs: ({ web: { restApis } }, _id, { keyId }) => ({
    name: keyId,
    value: restApis.usagePlans.key(keyId)?.value ?? "",
  }),
});

const authorizerInputs = {
  authorizerCredentials: text(),
  authorizerResultTtlInSeconds: number({ default: 300, check: range(0, 3600) }),
  authorizerUri: text(required),
  identitySource: text({ default: "method.request.header.Authorization" }),
  identityValidationExpression: text(),
  name: text(),
  providerArns: list(text(), { check: onlyLocally() }),
  region,
  restApi: text(requiredReplaces),
  type: text({ default: "TOKEN", check: oneOf("TOKEN", "REQUEST") }),
};

const authorizer = resourceType({
  type: "aws:apigateway/authorizer:Authorizer",
  inputs: authorizerInputs,
  name: { input: "name", maximum: 128 },
  computed: ["arn"],
  transient: true,
  create: (cloud, given, making) => {
    const { authorizers } = cloud.web.restApis.definition(given.restApi);
    const id = making.id(() => freeId(making.name, (each) => authorizers.has(each)));
    setAuthorizer(cloud, id, given);
    return id;
  },
  update: (cloud, id, given) => setAuthorizer(cloud, id, given),
  delete: ({ web: { restApis } }, id, { restApi: api }) => {
    if (restApis.has(api)) restApis.definition(api).authorizers.delete(id);
  },
  outputs: ({ region: own }, id, { restApi: api }) => ({
    arn: `arn:aws:apigateway:${own}::/restapis/${api}/authorizers/${id}`,
  }),
});

function setAuthorizer(cloud: Cloud, id: string, given: Values<typeof authorizerInputs>): void {
  const { restApi: api, authorizerUri, identitySource, identityValidationExpression } = given;
  const { arn: functionArn } = cloud.functions.get(functionOf(authorizerUri));
  cloud.web.restApis.definition(api).authorizers.set(id, {
    id,
    type: given.type === "REQUEST" ? "REQUEST" : "TOKEN",
    functionArn,
    credentials: given.authorizerCredentials,
    identitySources: identitySource.split(","),
    validation:
      identityValidationExpression === undefined
        ? undefined
        : wholePattern("identity validation expression", identityValidationExpression),
    secondsToKeep: given.authorizerResultTtlInSeconds,
  });
}

const responseInputs = {
  region,
  responseParameters: map(text()),
  responseTemplates: map(text()),
  responseType: text(requiredReplaces),
  restApiId: text(requiredReplaces),
  statusCode: text(),
};

const gatewayResponse = resourceType({
  type: "aws:apigateway/response:Response",
  inputs: responseInputs,
  transient: true,
  create: (cloud, given, making) => {
    setResponse(cloud, given);
    return making.id(() => `aggr-${given.restApiId}-${given.responseType}`);
  },
  update: (cloud, _id, given) => setResponse(cloud, given),
  delete: ({ web: { restApis } }, _id, { restApiId, responseType }) => {
    if (restApis.has(restApiId)) {
      restApis.definition(restApiId).gatewayResponses.delete(responseType);
    }
  },
});

function setResponse({ web: { restApis } }: Cloud, given: Values<typeof responseInputs>): void {
  const { restApiId, responseType, statusCode, responseTemplates, responseParameters } = given;
  restApis
    .definition(restApiId)
    .gatewayResponses.set(responseType, { statusCode, responseTemplates, responseParameters });
}

/** What decides who may call a REST API, and what the others are told. */
export const restAccess: readonly ResourceType[] = [
  apiKey,
  usagePlan,
  usagePlanKey,
  authorizer,
  gatewayResponse,
];
