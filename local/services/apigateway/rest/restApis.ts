import { formatArn } from "../../../arn.ts";
import { jsonReply, type WebReply, type WebRequest } from "../../../protocol/webMessage.ts";
import type { Clock } from "../../../time/clock.ts";
import { newRequestId } from "../event.ts";
import { mayPass } from "../gatewayAccess.ts";
import { withinTime } from "../timeLimit.ts";
import {
  Admissions,
  type AdmissionsOptions,
  type ApiKeySource,
  type Arrived,
  type Known,
} from "./admission.ts";
import { gatewayReply, missingAuthenticationToken } from "./gatewayResponse.ts";
import { type IntegrationServices, integrate } from "./integrate.ts";
import { scopeOf } from "./mapping.ts";
import { proxyEvent } from "./proxyEvent.ts";
import { integrationFailure, requestTooLong } from "./proxyReply.ts";
import { type Match, matchRequest } from "./restApi.ts";
import { notFound, RestDefinition } from "./restDefinition.ts";
import { UsagePlans } from "./usagePlans.ts";

export type RestApisOptions = IntegrationServices & AdmissionsOptions & { readonly clock: Clock };

export type RestApiNames = {
  readonly id: string;
  readonly rootResourceId: string;
  /** `<id>.execute-api.<region>.amazonaws.com` */
  readonly domainName: string;
  readonly executionArn: string;
};

type Stage = {
  readonly deploymentId: string;
  readonly variables: Readonly<Record<string, string>>;
};

type RestApi = RestApiNames & {
  binaryMediaTypes: readonly string[];
  apiKeySource: ApiKeySource;
  readonly current: RestDefinition;
  /** Copies of the definition, by id. */
  readonly deployments: Map<string, RestDefinition>;
  readonly stages: Map<string, Stage>;
};

/** API Gateway takes no larger request. */
const mostBytes = 10 * 1024 * 1024;

/** API Gateway's REST APIs. Like `HttpApis` they trace only what goes wrong. */
export class RestApis {
  readonly #options: RestApisOptions;
  readonly #apis = new Map<string, RestApi>();
  readonly #admissions: Admissions;
  readonly usagePlans = new UsagePlans();

  constructor(options: RestApisOptions) {
    this.#options = options;
    this.#admissions = new Admissions(options, this.usagePlans);
  }

  create(id: string, binaryMediaTypes: readonly string[] = []): RestApiNames {
    const { region } = this.#options;
    const rootResourceId = `${id}-root`;
    const names = {
      id,
      rootResourceId,
      domainName: `${id}.execute-api.${region}.amazonaws.com`,
      executionArn: formatArn("execute-api", region, id),
    };
    this.#apis.set(id, {
      ...names,
      binaryMediaTypes,
      apiKeySource: "HEADER",
      current: new RestDefinition(rootResourceId),
      deployments: new Map(),
      stages: new Map(),
    });
    return names;
  }

  setBinaryMediaTypes(id: string, binaryMediaTypes: readonly string[]): void {
    this.#get(id).binaryMediaTypes = binaryMediaTypes;
  }

  setApiKeySource(id: string, source: ApiKeySource): void {
    this.#get(id).apiKeySource = source;
  }

  has(id: string): boolean {
    return this.#apis.has(id);
  }

  delete(id: string): void {
    this.#apis.delete(id);
  }

  /** @throws AwsError NotFoundException */
  names(id: string): RestApiNames {
    return this.#get(id);
  }

  /** The domain of each API, by id. */
  domains(): ReadonlyMap<string, string> {
    return new Map([...this.#apis.values()].map(({ id, domainName }) => [id, domainName]));
  }

  /**
   * The resources and methods of an API as they are now; stages serve copies.
   *
   * @throws AwsError NotFoundException
   */
  definition(id: string): RestDefinition {
    return this.#get(id).current;
  }

  /**
   * Takes a copy of the API as it is now, which stages serve.
   * https://docs.aws.amazon.com/apigateway/latest/api/API_CreateDeployment.html
   */
  deploy(apiId: string, deploymentId: string): void {
    const { current, deployments } = this.#get(apiId);
    current.requireComplete();
    deployments.set(deploymentId, current.copy());
  }

  hasDeployment(apiId: string, deploymentId: string): boolean {
    return this.#apis.get(apiId)?.deployments.has(deploymentId) ?? false;
  }

  removeDeployment(apiId: string, deploymentId: string): void {
    this.#apis.get(apiId)?.deployments.delete(deploymentId);
  }

  setStage(apiId: string, name: string, stage: Stage): void {
    const { deployments, stages } = this.#get(apiId);
    if (!deployments.has(stage.deploymentId)) {
      throw notFound(`Invalid Deployment identifier specified: ${stage.deploymentId}`);
    }
    stages.set(name, stage);
  }

  /** The id of the deployment that a stage serves. */
  deploymentOf(apiId: string, stage: string): string | undefined {
    return this.#apis.get(apiId)?.stages.get(stage)?.deploymentId;
  }

  removeStage(apiId: string, name: string): void {
    this.#apis.get(apiId)?.stages.delete(name);
  }

  /** @param request its path begins with the stage: `/dev/orders/7` */
  async answer(id: string, request: WebRequest): Promise<WebReply> {
    const requestId = newRequestId();
    const reply = await this.#answer(this.#get(id), request, requestId);
    return { ...reply, headers: { ...reply.headers, "x-amzn-requestid": requestId } };
  }

  async #answer(api: RestApi, request: WebRequest, requestId: string): Promise<WebReply> {
    const [, stageName = "", path = "/"] = /^\/([^/]*)(\/.*)?$/s.exec(request.path) ?? [];
    const stage = api.stages.get(stageName);
    const definition = stage && api.deployments.get(stage.deploymentId);
    if (stage === undefined || definition === undefined) {
      return jsonReply(403, { message: "Forbidden" });
    }
    if (request.body.length > mostBytes) {
      return requestTooLong();
    }
    const match = matchRequest(definition, request.method, path);
    if (match === undefined) {
      return gatewayReply(definition.gatewayResponses, missingAuthenticationToken);
    }
    const entered = { ...request, path, sentPath: request.sentPath ?? request.path };
    const entry = { api, stage, stageName, definition, match, request: entered, requestId };
    const known = await this.#admissions.admit(this.#arrivedOf(entry));
    if ("error" in known) return gatewayReply(definition.gatewayResponses, known.error);
    return this.#serve(entry, known);
  }

  #arrivedOf(entry: Entry): Arrived {
    const { api, stage, stageName, definition, match, request, requestId } = entry;
    const { id: apiId, executionArn, apiKeySource } = api;
    return {
      ...{ apiId, executionArn, apiKeySource, stageName, stageVariables: stage.variables },
      ...{ definition, method: match.method, request, requestId, event: this.#eventOf(entry) },
    };
  }

  #eventOf(entry: Entry, known: Known = {}): object {
    const { api, stage, stageName, match, request, requestId } = entry;
    const { binaryMediaTypes, id: apiId, domainName } = api;
    return proxyEvent(request, {
      ...{ apiId, domainName, stage: stageName, stageVariables: stage.variables },
      ...{ resourceId: match.method.resourceId, resourcePath: match.resource.path },
      ...{ pathParameters: match.pathParameters, ...known },
      ...{ requestId, time: this.#options.clock.now(), binaryMediaTypes },
    });
  }

  async #serve(entry: Entry, known: Known): Promise<WebReply> {
    const { api, stage, stageName, definition, match, request, requestId } = entry;
    const { integration, resourceId } = match.method;
    if (integration === undefined) return integrationFailure(500);
    const { path: resourcePath } = match.resource;
    const source = `${api.executionArn}/${stageName}/${request.method}${resourcePath}`;
    const { credentials } = integration;
    const functionArn = "functionArn" in integration ? integration.functionArn : undefined;
    if (!mayPass(this.#options, { source, requestId, credentials, functionArn })) {
      return integrationFailure(500);
    }
    const { method: httpMethod } = request;
    const context = {
      ...{ requestId, stage: stageName, resourcePath, httpMethod },
      ...contextOf(known),
    };
    const work = integrate(this.#options, {
      integration,
      responses: definition.responsesOf(resourceId, match.method.httpMethod),
      arrival: { request, match, scope: scopeOf(request, match, context, stage.variables) },
      event: this.#eventOf(entry, known),
      ...{ source, requestId, binaryMediaTypes: api.binaryMediaTypes },
    });
    const reply = await withinTime(this.#options.clock, integration.timeoutMilliseconds, work);
    return reply ?? integrationFailure(504);
  }

  #get(id: string): RestApi {
    const api = this.#apis.get(id);
    if (api === undefined) throw notFound(`Invalid API identifier specified: ${id}`);
    return api;
  }
}

/** What templates find of an authorizer in `$context`. */
function contextOf({ authorizer = {} }: Known): Record<string, string> {
  return Object.fromEntries(
    Object.entries(authorizer).map(([name, value]) => [`authorizer.${name}`, value]),
  );
}

type Entry = {
  readonly api: RestApi;
  readonly stage: Stage;
  readonly stageName: string;
  readonly definition: RestDefinition;
  readonly match: Match;
  readonly request: WebRequest;
  readonly requestId: string;
};
