import type { Cloud } from "../../../cloud.ts";
import {
  anything,
  flag,
  listed,
  map,
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

const deployment = resourceType({
  type: "aws:apigateway/deployment:Deployment",
  inputs: {
    description: text(),
    region,
    restApi: text(requiredReplaces),
    stageDescription: text(),
    // Until version 6 of the provider a deployment opened a stage, unless it named none.
    stageName: text(replaces),
    triggers: map(text(), replaces),
    variables: map(text(), replaces),
  },
  computed: ["createdDate", "executionArn", "invokeUrl"],
  transient: true,
  create: ({ web: { restApis } }, { restApi: api, stageName = "", variables = {} }, making) => {
    const id = making.id(() => freeId(making.name, (each) => restApis.hasDeployment(api, each)));
    restApis.deploy(api, id);
    if (stageName !== "") restApis.setStage(api, stageName, { deploymentId: id, variables });
    return id;
  },
  update: () => {},
  delete: ({ web: { restApis } }, id, { restApi: api, stageName = "" }) => {
    restApis.removeDeployment(api, id);
    if (stageName !== "" && restApis.deploymentOf(api, stageName) === id) {
      restApis.removeStage(api, stageName);
    }
  },
  outputs: ({ clock, web: { restApis } }, _id, { restApi: api, stageName = "" }) => {
    const { executionArn, domainName } = restApis.names(api);
    return {
      createdDate: new Date(clock.now()).toISOString(),
      executionArn: `${executionArn}/${stageName}`,
      invokeUrl: `https://${domainName}/${stageName}`,
    };
  },
});

const stageInputs = {
  accessLogSettings: listed(anything(), "the access log is written on AWS only"),
  cacheClusterEnabled: listed(flag(), "responses are cached on AWS only"),
  cacheClusterSize: listed(text(), "responses are cached on AWS only"),
  clientCertificateId: listed(text(), "no backend of the local cloud asks for certificates"),
  deployment: text(required),
  description: text(),
  documentationVersion: text(),
  region,
  restApi: text(requiredReplaces),
  stageName: text(requiredReplaces),
  tags,
  variables: map(text()),
  xrayTracingEnabled: listed(flag(), "X-Ray traces requests on AWS only"),
};

const stage = resourceType({
  type: "aws:apigateway/stage:Stage",
  inputs: stageInputs,
  computed: ["arn", "executionArn", "invokeUrl", "webAclArn"],
  transient: true,
  create: (cloud, given, making) => {
    openStage(cloud, given);
    return making.id(() => `ags-${given.restApi}-${given.stageName}`);
  },
  update: (cloud, _id, given) => openStage(cloud, given),
  delete: ({ web: { restApis } }, _id, { restApi: api, stageName }) =>
    restApis.removeStage(api, stageName),
  outputs: ({ web: { restApis }, region: own }, _id, { restApi: api, stageName }) => {
    const { domainName, executionArn } = restApis.names(api);
    return {
      arn: `arn:aws:apigateway:${own}::/restapis/${api}/stages/${stageName}`,
      executionArn: `${executionArn}/${stageName}`,
      invokeUrl: `https://${domainName}/${stageName}`,
      webAclArn: "",
    };
  },
});

function openStage({ web: { restApis } }: Cloud, given: Values<typeof stageInputs>): void {
  const { restApi: api, stageName, deployment: deploymentId, variables = {} } = given;
  restApis.setStage(api, stageName, { deploymentId, variables });
}

export const restStages: readonly ResourceType[] = [deployment, stage];
