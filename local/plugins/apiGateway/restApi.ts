import * as pulumi from "@pulumi/pulumi";
import { Bucket, Deployment, Permission, RestApi, Stage } from "./awsResources.ts";
import { addOperation, addTargetOperations, functionOperation, type Paths } from "./operations.ts";
import { type Route, type RouteInput, routeOf, shortHash } from "./routes.ts";
import { addStaticFiles } from "./staticFiles.ts";

export const componentType = "aws-apigateway:index:RestAPI";

export type RestApiComponentArgs = {
  readonly routes?: pulumi.Input<readonly RouteInput[]>;
  /** A whole OpenAPI document, in place of routes. */
  readonly swaggerString?: pulumi.Input<string>;
  /** @default "stage" */
  readonly stageName?: pulumi.Input<string>;
  readonly requestValidator?: pulumi.Input<string>;
  readonly apiKeySource?: pulumi.Input<string>;
  /** @default a bucket of the component's own, when a route has files */
  readonly staticRoutesBucket?: pulumi.Input<Bucket>;
  readonly gatewayResponses?: pulumi.Input<Readonly<Record<string, object>>>;
  /** Content types whose bodies reach functions in base64. @default all */
  readonly binaryMediaTypes?: pulumi.Input<readonly string[]>;
  readonly disableExecuteApiEndpoint?: pulumi.Input<boolean>;
  readonly description?: pulumi.Input<string>;
  readonly tags?: pulumi.Input<Readonly<Record<string, string>>>;
};

/** The arguments that the document is made of, their outputs unwrapped. */
type DocumentArgs = {
  readonly routes: readonly RouteInput[];
  readonly requestValidator: string | undefined;
  readonly apiKeySource: string | undefined;
  readonly staticRoutesBucket: Bucket | undefined;
  readonly gatewayResponses: Readonly<Record<string, object>> | undefined;
  readonly binaryMediaTypes: readonly string[];
};

type Made = {
  readonly api: RestApi;
  readonly deployment: Deployment;
  readonly stage: Stage;
};

/**
 * The component RestAPI of Pulumi's package aws-apigateway: a REST API from a list of routes.
 *
 * https://www.pulumi.com/registry/packages/aws-apigateway/api-docs/restapi/
 */
export class RestApiComponent extends pulumi.ComponentResource {
  readonly outputs: Readonly<Record<"url" | keyof Made, pulumi.Output<unknown>>>;

  /** Paths of files start from the working directory, which is the program's. */
  constructor(name: string, args: RestApiComponentArgs, options: pulumi.ComponentResourceOptions) {
    super(componentType, name, { ...args }, options);
    if (args.routes === undefined && args.swaggerString === undefined) {
      throw new Error(`RestAPI "${name}": give "routes" or "swaggerString"`);
    }
    const { binaryMediaTypes = ["*/*"] } = args;
    // How many children there are depends on the routes, which come as one value of the program.
    const made = pulumi
      .output({
        routes: args.routes ?? [],
        requestValidator: args.requestValidator,
        apiKeySource: args.apiKeySource,
        staticRoutesBucket: args.staticRoutesBucket,
        gatewayResponses: args.gatewayResponses,
        binaryMediaTypes,
      })
      .apply((plain: DocumentArgs) => this.#make(name, args, plain));
    this.outputs = {
      url: pulumi.interpolate`${made.stage.invokeUrl}/`,
      api: made.api,
      deployment: made.deployment,
      stage: made.stage,
    };
    this.registerOutputs(this.outputs);
  }

  #make(name: string, args: RestApiComponentArgs, plain: DocumentArgs): Made {
    const parent = { parent: this };
    const routes = plain.routes.map(routeOf);
    const body =
      args.swaggerString === undefined
        ? this.#document(name, routes, plain, args.tags)
        : pulumi.output(args.swaggerString).apply((text) => withTitle(text, name));
    const { apiKeySource, binaryMediaTypes } = plain;
    const { disableExecuteApiEndpoint, description, tags, stageName = "stage" } = args;
    const api = new RestApi(
      name,
      { name, body, apiKeySource, binaryMediaTypes, disableExecuteApiEndpoint, description, tags },
      parent,
    );
    // A deployment is a copy of the API: a changed document needs another one.
    const version = body.apply((text) => shortHash(`${text} ${apiKeySource} ${binaryMediaTypes}`));
    const deployment = new Deployment(name, { restApi: api.id, variables: { version } }, parent);
    const permissions = routes
      .filter((route) => route.kind === "function")
      .map((route) => this.#permission(name, api, route));
    const stage = new Stage(
      name,
      { restApi: api.id, deployment: deployment.id, stageName, tags },
      { ...parent, dependsOn: permissions },
    );
    return { api, deployment, stage };
  }

  #document(
    name: string,
    routes: readonly Route[],
    plain: DocumentArgs,
    tags: RestApiComponentArgs["tags"],
  ): pulumi.Output<string> {
    const paths: Paths = {};
    const bucket = this.#bucketOf(name, routes, plain, tags);
    for (const route of routes) {
      if (route.kind === "files" && bucket !== undefined) {
        const region = pulumi.output(regionOf(this));
        addStaticFiles(paths, route, { name, bucket, region, options: { parent: this } });
      } else if (route.kind === "target") {
        addTargetOperations(paths, route);
      } else if (route.kind === "operation") {
        addOperation(paths, route.path, route.method.operation, route.operation);
      } else if (route.kind === "function") {
        addOperation(paths, route.path, route.method.operation, functionOperation(route));
      }
    }
    return pulumi.output(documentOf(name, paths, plain)).apply((each) => JSON.stringify(each));
  }

  #bucketOf(
    name: string,
    routes: readonly Route[],
    { staticRoutesBucket }: DocumentArgs,
    tags: RestApiComponentArgs["tags"],
  ): Bucket | undefined {
    if (!routes.some(({ kind }) => kind === "files")) return undefined;
    const ownName = name.toLowerCase().replace(/[^a-z0-9-]/g, "");
    return staticRoutesBucket ?? new Bucket(ownName, { tags }, { parent: this });
  }

  /** The console's test of a method comes from a stage of its own: every stage may invoke the function. */
  #permission(name: string, api: RestApi, route: Route & { kind: "function" }): Permission {
    const { method, handler, path } = route;
    const place = `${method.name === "ANY" ? "*" : method.name}${path}`;
    return new Permission(
      `${name}-${shortHash(place)}`,
      {
        action: "lambda:invokeFunction",
        function: handler.id,
        principal: "apigateway.amazonaws.com",
        sourceArn: pulumi.interpolate`${api.executionArn}/*/${place}`,
      },
      { parent: this },
    );
  }
}

async function regionOf(parent: pulumi.Resource): Promise<string> {
  const { name } = await pulumi.runtime.invoke("aws:index/getRegion:getRegion", {}, { parent });
  return name;
}

function documentOf(title: string, paths: Paths, plain: DocumentArgs): object {
  const { requestValidator, apiKeySource = "HEADER", gatewayResponses, binaryMediaTypes } = plain;
  return {
    swagger: "2.0",
    info: { title, version: "1.0" },
    paths,
    "x-amazon-apigateway-binary-media-types": binaryMediaTypes,
    "x-amazon-apigateway-gateway-responses": { ...notFoundResponses, ...gatewayResponses },
    "x-amazon-apigateway-api-key-source": apiKeySource,
    ...(requestValidator !== undefined && {
      "x-amazon-apigateway-request-validators": requestValidators,
      "x-amazon-apigateway-request-validator": requestValidator,
    }),
  };
}

const notFound = {
  statusCode: 404,
  responseTemplates: { "application/json": '{"message": "404 Not found" }' },
};

/** What API Gateway would answer with 403 and 401. */
const notFoundResponses = { MISSING_AUTHENTICATION_TOKEN: notFound, ACCESS_DENIED: notFound };

const requestValidators = {
  ALL: { validateRequestBody: true, validateRequestParameters: true },
  BODY_ONLY: { validateRequestBody: true, validateRequestParameters: false },
  PARAMS_ONLY: { validateRequestBody: false, validateRequestParameters: true },
};

function withTitle(text: string, title: string): string {
  const document: { info?: object } = JSON.parse(text);
  return JSON.stringify({ ...document, info: { title, ...document.info } });
}
