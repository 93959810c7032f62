import { AwsError } from "../../../protocol/awsError.ts";
import type { Authorizer } from "./authorizer.ts";
import type { GatewayResponse } from "./gatewayResponse.ts";
import { type Integration, type IntegrationResponse, selectionOf } from "./integration.ts";
import {
  methodKey,
  type RestApiDefinition,
  type RestMethod,
  type RestResource,
} from "./restApi.ts";

/** What a method's requests need. */
export type Guard = Partial<Pick<RestMethod, "apiKeyRequired" | "authorization">>;

/** The resources, methods, integrations and responses of a REST API. */
export class RestDefinition implements RestApiDefinition {
  readonly #rootResourceId: string;
  readonly resources = new Map<string, RestResource>();
  readonly methods = new Map<string, RestMethod>();
  /** By the type of error. */
  readonly gatewayResponses = new Map<string, GatewayResponse>();
  /** By id. */
  readonly authorizers = new Map<string, Authorizer>();
  /** By `methodKey`. */
  readonly #responses = new Map<string, readonly IntegrationResponse[]>();

  constructor(rootResourceId: string) {
    this.#rootResourceId = rootResourceId;
    this.clear();
  }

  /** Drops everything but the root resource. */
  clear(): void {
    const { resources, methods, gatewayResponses } = this;
    for (const map of [resources, methods, gatewayResponses, this.#responses]) map.clear();
    this.resources.set(this.#rootResourceId, { id: this.#rootResourceId, path: "/" });
  }

  copy(): RestDefinition {
    const copy = new RestDefinition(this.#rootResourceId);
    for (const [id, resource] of this.resources) copy.resources.set(id, resource);
    for (const [key, method] of this.methods) copy.methods.set(key, method);
    for (const [type, response] of this.gatewayResponses) {
      copy.gatewayResponses.set(type, response);
    }
    for (const [id, authorizer] of this.authorizers) copy.authorizers.set(id, authorizer);
    for (const [key, responses] of this.#responses) copy.#responses.set(key, responses);
    return copy;
  }

  /** @throws AwsError NotFoundException, ConflictException */
  addResource(id: string, parentId: string, pathPart: string): void {
    const parent = this.resources.get(parentId);
    if (parent === undefined) throw notFound(`Invalid Resource identifier specified: ${parentId}`);
    const path = `${parent.path === "/" ? "" : parent.path}/${pathPart}`;
    if ([...this.resources.values()].some((each) => each.path === path && each.id !== id)) {
      throw new AwsError(
        "ConflictException",
        `Another resource with the same parent already has this name: ${pathPart}`,
        { status: 409 },
      );
    }
    this.resources.set(id, { id, path });
  }

  /** Adds a method, or changes what its requests need. @throws AwsError NotFoundException */
  addMethod(resourceId: string, httpMethod: string, guard: Guard = {}): void {
    if (!this.resources.has(resourceId)) {
      throw notFound(`Invalid Resource identifier specified: ${resourceId}`);
    }
    const key = methodKey(resourceId, httpMethod);
    const { apiKeyRequired = false, authorization } = guard;
    const { integration } = this.methods.get(key) ?? {};
    const method = { resourceId, httpMethod, apiKeyRequired, authorization };
    this.methods.set(key, { ...method, ...(integration !== undefined && { integration }) });
  }

  removeMethod(resourceId: string, httpMethod: string): void {
    this.methods.delete(methodKey(resourceId, httpMethod));
  }

  /** Sets what a method does. @throws AwsError NotFoundException */
  setIntegration(resourceId: string, httpMethod: string, integration: Integration): void {
    const key = methodKey(resourceId, httpMethod);
    const method = this.methods.get(key);
    if (method === undefined) throw notFound("Invalid Method identifier specified");
    this.methods.set(key, { ...method, integration });
  }

  removeIntegration(resourceId: string, httpMethod: string): void {
    const key = methodKey(resourceId, httpMethod);
    const method = this.methods.get(key);
    if (method !== undefined) this.methods.set(key, { ...method, integration: undefined });
  }

  /**
   * Adds a response of an integration, or replaces that of its status code.
   *
   * @throws AwsError BadRequestException
   */
  setResponse(resourceId: string, httpMethod: string, response: IntegrationResponse): void {
    selectionOf(response);
    this.removeResponse(resourceId, httpMethod, response.statusCode);
    const others = this.responsesOf(resourceId, httpMethod);
    this.#responses.set(methodKey(resourceId, httpMethod), [...others, response]);
  }

  removeResponse(resourceId: string, httpMethod: string, statusCode: string): void {
    const kept = this.responsesOf(resourceId, httpMethod).filter(
      (each) => each.statusCode !== statusCode,
    );
    this.#responses.set(methodKey(resourceId, httpMethod), kept);
  }

  responsesOf(resourceId: string, httpMethod: string): readonly IntegrationResponse[] {
    return this.#responses.get(methodKey(resourceId, httpMethod)) ?? [];
  }

  /**
   * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html
   *
   * @throws AwsError BadRequestException when it cannot be deployed
   */
  requireComplete(): void {
    if (this.methods.size === 0) {
      throw new AwsError("BadRequestException", "The REST API doesn't contain any methods");
    }
    if ([...this.methods.values()].some(({ integration }) => integration === undefined)) {
      throw new AwsError("BadRequestException", "No integration defined for method");
    }
  }
}

export function notFound(message: string): AwsError {
  return new AwsError("NotFoundException", message, { status: 404 });
}
