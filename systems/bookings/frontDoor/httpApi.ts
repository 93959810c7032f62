import * as aws from "@pulumi/aws";
import * as pulumi from "@pulumi/pulumi";

/** Requests a second and burst, over all callers. Requests above are answered with 429. */
const throttling = { throttlingRateLimit: 50, throttlingBurstLimit: 100 };

/** Less than API Gateway's 30 seconds: callers have given up by then. */
const timeoutMilliseconds = 10_000;

export interface HttpApiArgs {
  function: aws.lambda.Function;
  routes: readonly string[];
  logRetentionDays: pulumi.Input<number>;
}

/** An HTTP API with one function, which only its routes may invoke. */
export function createHttpApi(
  name: string,
  args: HttpApiArgs,
  child: pulumi.ResourceOptions,
): aws.apigatewayv2.Api {
  const api = new aws.apigatewayv2.Api(name, { protocolType: "HTTP" }, child);
  const integration = new aws.apigatewayv2.Integration(
    name,
    {
      apiId: api.id,
      integrationType: "AWS_PROXY",
      integrationUri: args.function.arn,
      payloadFormatVersion: "2.0",
      timeoutMilliseconds,
    },
    child,
  );
  for (const routeKey of args.routes) {
    createRoute(name, routeKey, api, integration, child);
    allowRoute(name, routeKey, api, args.function, child);
  }
  createStage(name, api, args.logRetentionDays, child);
  return api;
}

function createRoute(
  name: string,
  routeKey: string,
  api: aws.apigatewayv2.Api,
  integration: aws.apigatewayv2.Integration,
  child: pulumi.ResourceOptions,
): void {
  const target = pulumi.interpolate`integrations/${integration.id}`;
  const route = { apiId: api.id, routeKey, target };
  new aws.apigatewayv2.Route(`${name}-${routeName(routeKey)}`, route, child);
}

/** `post-bookings`: Pulumi derives the permission's statement id from the name, and Lambda rejects spaces and slashes. */
function routeName(routeKey: string): string {
  return routeKey.toLowerCase().replaceAll(/[^a-z0-9]+/g, "-");
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-troubleshooting-lambda.html */
function allowRoute(
  name: string,
  routeKey: string,
  api: aws.apigatewayv2.Api,
  target: aws.lambda.Function,
  child: pulumi.ResourceOptions,
): void {
  new aws.lambda.Permission(
    `${name}-${routeName(routeKey)}`,
    {
      action: "lambda:InvokeFunction",
      function: target.name,
      principal: "apigateway.amazonaws.com",
      sourceArn: pulumi.interpolate`${api.executionArn}/*/${routeKey.replace(" ", "")}`,
    },
    child,
  );
}

function createStage(
  name: string,
  api: aws.apigatewayv2.Api,
  retentionInDays: pulumi.Input<number>,
  child: pulumi.ResourceOptions,
): void {
  const log = new aws.cloudwatch.LogGroup(`${name}-access`, { retentionInDays }, child);
  new aws.apigatewayv2.Stage(
    name,
    {
      apiId: api.id,
      name: "$default",
      autoDeploy: true,
      defaultRouteSettings: throttling,
      accessLogSettings: { destinationArn: log.arn, format: JSON.stringify(accessLog) },
    },
    child,
  );
}

/** https://docs.aws.amazon.com/apigateway/latest/developerguide/http-api-logging-variables.html */
const accessLog = {
  requestId: "$context.requestId",
  time: "$context.requestTime",
  routeKey: "$context.routeKey",
  status: "$context.status",
  latency: "$context.responseLatency",
  error: "$context.integrationErrorMessage",
};
