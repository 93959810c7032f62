import * as v from "valibot";
import { AwsError, notSupported } from "../../../protocol/awsError.ts";
import { integrationOf } from "./integration.ts";
import type { RestDefinition } from "./restDefinition.ts";

const texts = v.record(v.string(), v.string());

const statusCode = v.union([v.string(), v.pipe(v.number(), v.transform(String))]);

const integrationSchema = v.object({
  type: v.string(),
  uri: v.optional(v.string()),
  httpMethod: v.optional(v.string()),
  credentials: v.optional(v.string()),
  timeoutInMillis: v.optional(v.number()),
  requestTemplates: v.optional(texts),
  requestParameters: v.optional(texts),
  responses: v.optional(
    v.record(
      v.string(),
      v.object({
        statusCode,
        responseTemplates: v.optional(texts),
        responseParameters: v.optional(texts),
      }),
    ),
  ),
});

const operationSchema = v.object({
  security: v.optional(v.array(v.unknown())),
  "x-amazon-apigateway-integration": v.optional(integrationSchema),
});

const documentSchema = v.object({
  paths: v.record(v.string(), v.record(v.string(), v.unknown())),
  security: v.optional(v.array(v.unknown())),
  "x-amazon-apigateway-gateway-responses": v.optional(
    v.record(
      v.string(),
      v.object({
        statusCode: v.optional(statusCode),
        responseTemplates: v.optional(texts),
        responseParameters: v.optional(texts),
      }),
    ),
  ),
});

const gatewayResponses = "x-amazon-apigateway-gateway-responses";
const anyMethod = "x-amazon-apigateway-any-method";
const httpMethods = ["get", "put", "post", "delete", "options", "head", "patch"];

/**
 * Describes a REST API by an OpenAPI document, version 2 or 3, with API Gateway's extensions.
 *
 * https://docs.aws.amazon.com/apigateway/latest/developerguide/api-gateway-import-api.html
 *
 * @param text the document as JSON
 * @throws AwsError BadRequestException, NotImplemented
 */
export function importOpenApi(definition: RestDefinition, rootId: string, text: string): void {
  const { paths, security, [gatewayResponses]: responses = {} } = documentIn(text);
  definition.clear();
  for (const [type, response] of Object.entries(responses)) {
    definition.gatewayResponses.set(type, response);
  }
  for (const [path, operations] of Object.entries(paths)) {
    const resourceId = addPath(definition, rootId, path);
    for (const [name, operation] of Object.entries(operations)) {
      const httpMethod = name === anyMethod ? "ANY" : name.toUpperCase();
      if (name !== anyMethod && !httpMethods.includes(name)) continue;
      const place = `${httpMethod} ${path}`;
      const parsed = parsedOperation(operation, place);
      if ((parsed.security ?? security ?? []).length > 0) {
        throw notSupported(`security of ${place} in the body of a REST API`);
      }
      addOperation(definition, resourceId, httpMethod, parsed);
    }
  }
}

function documentIn(text: string) {
  try {
    return v.parse(documentSchema, JSON.parse(text));
  } catch (error) {
    const reason = error instanceof Error ? error.message : String(error);
    throw new AwsError("BadRequestException", `Invalid OpenAPI input: ${reason}`);
  }
}

function parsedOperation(operation: unknown, place: string) {
  const result = v.safeParse(operationSchema, operation);
  if (result.success) return result.output;
  const [issue] = result.issues;
  throw new AwsError(
    "BadRequestException",
    `Invalid OpenAPI input: ${place}: ${v.getDotPath(issue)}: ${issue.message}`,
  );
}

/** Adds the resources of a path that are not there yet. @returns the id of the last */
function addPath(definition: RestDefinition, rootId: string, path: string): string {
  let id = rootId;
  for (const part of path.split("/").filter((each) => each !== "")) {
    const child = `${id}/${part}`;
    if (!definition.resources.has(child)) definition.addResource(child, id, part);
    id = child;
  }
  return id;
}

function addOperation(
  definition: RestDefinition,
  resourceId: string,
  httpMethod: string,
  operation: v.InferOutput<typeof operationSchema>,
): void {
  definition.addMethod(resourceId, httpMethod);
  const integration = operation["x-amazon-apigateway-integration"];
  if (integration === undefined) return;
  const { httpMethod: integrationHttpMethod, timeoutInMillis: timeoutMilliseconds } = integration;
  const settings = { ...integration, integrationHttpMethod, timeoutMilliseconds };
  definition.setIntegration(resourceId, httpMethod, integrationOf(settings));
  for (const [pattern, response] of Object.entries(integration.responses ?? {})) {
    const { statusCode, responseTemplates = {}, responseParameters = {} } = response;
    definition.setResponse(resourceId, httpMethod, {
      statusCode,
      responseTemplates,
      responseParameters,
      ...(pattern !== "default" && { selectionPattern: pattern }),
    });
  }
}
