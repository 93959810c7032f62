import {
  anything,
  flag,
  json,
  map,
  region,
  replaces,
  required,
  requiredReplaces,
  text,
} from "../../../provider/declaration/field.ts";
import { listedType, type ResourceType } from "../../../provider/declaration/resourceType.ts";

/** Parts of REST APIs that have their effect on AWS only. */
export const restListed: readonly ResourceType[] = [
  listedType({
    type: "aws:apigateway/methodResponse:MethodResponse",
    listed: "responses are sent as the integration's response describes them",
    inputs: {
      httpMethod: text(requiredReplaces),
      region,
      resourceId: text(requiredReplaces),
      restApi: text(requiredReplaces),
      responseModels: map(text()),
      responseParameters: map(flag()),
      statusCode: text(requiredReplaces),
    },
  }),
  listedType({
    type: "aws:apigateway/model:Model",
    listed: "requests are validated on AWS only",
    inputs: {
      contentType: text(requiredReplaces),
      description: text(),
      name: text(replaces),
      region,
      restApi: text(requiredReplaces),
      schema: json(),
    },
    name: { input: "name", maximum: 128 },
  }),
  listedType({
    type: "aws:apigateway/requestValidator:RequestValidator",
    listed: "requests are validated on AWS only",
    inputs: {
      name: text({ computed: true }),
      region,
      restApi: text(requiredReplaces),
      validateRequestBody: flag({ default: false }),
      validateRequestParameters: flag({ default: false }),
    },
    name: { input: "name", maximum: 128 },
  }),
  listedType({
    type: "aws:apigateway/methodSettings:MethodSettings",
    listed: "logging, caching and throttling of REST APIs happen on AWS only",
    inputs: {
      methodPath: text(requiredReplaces),
      region,
      restApi: text(requiredReplaces),
      settings: anything(required),
      stageName: text(requiredReplaces),
    },
  }),
  listedType({
    type: "aws:apigateway/account:Account",
    listed: "API Gateway writes logs on AWS only",
    inputs: { cloudwatchRoleArn: text({ computed: true }), region, resetOnDelete: flag() },
    computed: ["apiKeyVersion", "features", "throttleSettings"],
    outputs: () => ({ apiKeyVersion: "1", features: [], throttleSettings: [] }),
  }),
];
