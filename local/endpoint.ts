import * as v from "valibot";
import type { Cloud } from "./cloud.ts";
import { get, post, type Route, serveRoute } from "./console/api/route.ts";
import type { DiskSpace } from "./diskSpace.ts";
import { addsData } from "./protocol/addsData.ts";
import { AwsError } from "./protocol/awsError.ts";
import type { Call } from "./protocol/call.ts";
import {
  type Endpoint,
  type EndpointHandlers,
  type EndpointOptions,
  type Service,
  serveEndpoint,
} from "./protocol/server.ts";
import { unzip } from "./provider/assets/zip.ts";
import { ProviderError } from "./provider/provider.ts";
import { ProviderFrontDoor } from "./provider/server/providerFrontDoor.ts";
import { cloudWatchService } from "./services/cloudwatch/api/cloudWatch.ts";
import { dynamoDbService } from "./services/dynamodb/api/dynamodb.ts";
import { eventsService } from "./services/events/api/events.ts";
import { iamService } from "./services/iam/api/iam.ts";
import { kinesis } from "./services/kinesis/api/kinesis.ts";
import { lambda } from "./services/lambda/api/lambda.ts";
import type { CodeFiles } from "./services/lambda/code.ts";
import { logsService } from "./services/logs/api/logs.ts";
import { s3Service } from "./services/s3/api/s3.ts";
import { secretsManager } from "./services/secretsmanager/secretsManager.ts";
import { sesService } from "./services/ses/api/ses.ts";
import { sfn } from "./services/sfn/api/sfn.ts";
import { sns } from "./services/sns/api/sns.ts";
import { sqs } from "./services/sqs/api/sqs.ts";
import { ssm } from "./services/ssm/api/ssm.ts";
import { stsService } from "./services/sts/sts.ts";
import { withRefusedCalls } from "./trace/refusedCalls.ts";
import { serveWeb, webPath } from "./web/webServer.ts";

type CloudEndpointOptions = CloudHandlerOptions & Pick<EndpointOptions, "port">;

type CloudHandlerOptions = Pick<EndpointHandlers, "console" | "onFailure"> & {
  /** Whether the program has run. Until then only its handlers' calls are served. */
  readonly ready: () => boolean;
  /** Whether the provider rejects what has its effect on AWS only. @default false */
  readonly strict?: boolean;
};

/** Where an endpoint says that it is a local cloud; it answers as soon as it listens. */
export const identityPath = "/_fanout/identity";

type Identity = {
  readonly name: "fanout";
  /** Of every resource. */
  readonly region: string;
};

export type CloudEndpoint = Pick<Endpoint, "url" | "close"> & {
  /** Serves another cloud in place of this one, at the same address. */
  readonly replace: (cloud: Cloud, options: CloudHandlerOptions) => Promise<void>;
};

/** Serves the cloud's services, its sites and the console at one loopback endpoint. */
export async function serveCloud(
  cloud: Cloud,
  options: CloudEndpointOptions,
): Promise<CloudEndpoint> {
  let provider = new ProviderFrontDoor(cloud, options);
  const { port } = options;
  const endpoint = await serveEndpoint({ port, ...handlersOf(cloud, provider, options) });
  return {
    url: endpoint.url,
    replace: async (next, nextOptions) => {
      await provider.close();
      provider = new ProviderFrontDoor(next, nextOptions);
      endpoint.use(handlersOf(next, provider, nextOptions));
    },
    close: async () => {
      await provider.close();
      await endpoint.close();
    },
  };
}

function handlersOf(
  cloud: Cloud,
  provider: ProviderFrontDoor,
  options: CloudHandlerOptions,
): EndpointHandlers {
  const { region, topics } = cloud;
  const routes: Readonly<Record<string, Route>> = {
    "/_fanout/provider": providerRoute(provider),
    [identityPath]: get((): Identity => ({ name: "fanout", region })),
  };
  return {
    certificateAt: (path) =>
      path === topics.signer.certificatePath ? topics.signer.certificate() : undefined,
    ...cloud.authentication,
    sitePath: webPath,
    services: whenReady(options.ready, whenStorable(cloud.disk, servicesOf(cloud))),
    onFailure: options.onFailure,
    console: (request, response) => {
      const route = routes[request.url ?? ""];
      if (route !== undefined) {
        serveRoute(route, request, response).catch((error: unknown) => {
          options.onFailure(`${request.method} ${request.url} failed`, error);
          response.destroy();
        });
      } else if (!request.url?.startsWith(webPath)) options.console(request, response);
      else void serveWeb(cloud.web, request, response, options.onFailure);
    },
  };
}

function servicesOf(cloud: Cloud): Services {
  const { region, permissions, clock, trace, outbox } = cloud;
  const { queues, topics, functions, mappings, buckets, tables } = cloud;
  const authorize = withRefusedCalls({ authorize: permissions.authorize, trace });
  return counted(cloud, {
    sqs: sqs({ queues, authorize, region }),
    sns: sns({ topics, authorize, region, outbox, trace }),
    s3: s3Service({ buckets, clock, region, authorize }),
    dynamodb: dynamoDbService({ tables, authorize, region }),
    kinesis: kinesis({ streams: cloud.dataStreams, authorize, region }),
    states: sfn({ machines: cloud.stateMachines, authorize }),
    events: eventsService({ buses: cloud.events, authorize }),
    ssm: ssm({ parameters: cloud.parameters, authorize }),
    secretsmanager: secretsManager({ secrets: cloud.secrets, authorize }),
    ses: sesService({ outbox, trace, authorize, region }),
    iam: iamService({ roles: permissions.roles, authorize, clients: cloud.clients.roles }),
    logs: logsService({ logs: cloud.logs, authorize, region }),
    sts: stsService(),
    monitoring: cloudWatchService({
      metrics: cloud.metrics,
      alarms: cloud.alarms,
      measure: () => cloud.serviceMetrics.measureQueues(),
      now: () => clock.now(),
      authorize,
      region,
    }),
    lambda: lambda({
      clients: cloud.clients.functions,
      functions,
      mappings,
      streamMappings: cloud.streamMappings,
      openStreams: () => tables.streams.open(),
      readObject: (bucket, key, version) => {
        const { objects } = buckets;
        return objects.read(objects.get(bucket, key, version));
      },
      unzip: filesInZip,
      assume: (roleArn, service) => permissions.assume(roleArn, service),
      authorize,
      region,
      trace,
    }),
  });
}

/** @returns undefined for bytes that are no zip file */
async function filesInZip(bytes: Buffer): Promise<CodeFiles | undefined> {
  try {
    return await unzip(bytes, "the code");
  } catch (error) {
    if (error instanceof ProviderError) return undefined;
    throw error;
  }
}

/** Where `fanout pulumi` learns the port of the provider for the files of a directory. */
function providerRoute(provider: ProviderFrontDoor): Route {
  const body = v.strictObject({ directory: v.string() });
  return post(body, async ({ directory }) => ({ port: await provider.port(directory) }));
}

/**
 * A message that arrived in between would not reach consumers that do not exist yet. SDKs retry
 * after this error. Handlers are served: what they need exists when they start.
 */
function whenReady(ready: () => boolean, services: Services): Services {
  return around(services, async (service, call) => {
    if (ready() || call.principal.kind === "role" || isAnswerToSns(call)) return service(call);
    const message = "The program is still being started; try again in a moment.";
    throw new AwsError("ServiceUnavailable", message, { status: 503 });
  });
}

/** An endpoint that the program subscribes confirms at once, by the link in the message from SNS. */
function isAnswerToSns({ method, query, service }: Call): boolean {
  return method === "GET" && service === undefined && query.get("Action") === "ConfirmSubscription";
}

/** On a disk that is nearly full, what would add to it is refused, and the rest goes on. */
function whenStorable(disk: DiskSpace | undefined, services: Services): Services {
  if (disk === undefined) return services;
  return around(services, async (service, call) => {
    if (addsData(call) && disk.refuses()) throw disk.refusal();
    return service(call);
  });
}

/**
 * A call counts as work, during which the clock does not accelerate, unless it waits for the clock; neither does
 * the handler that has made it meanwhile.
 */
function counted({ activity, functions }: Cloud, services: Services): Services {
  return around(services, async (service, call) => {
    const { principal } = call;
    const end = activity.begin();
    const waitForClock = () => {
      const resumeCall = activity.suspend();
      const resumeHandler =
        principal.kind === "role" ? functions.waitForClock(principal.arn) : () => {};
      return () => {
        resumeCall();
        resumeHandler();
      };
    };
    try {
      return await service({ ...call, waitForClock });
    } finally {
      end();
    }
  });
}

type Services = Readonly<Record<string, Service>>;

/** The services with something done around each call. */
function around(
  services: Services,
  serve: (service: Service, call: Call) => ReturnType<Service>,
): Services {
  return Object.fromEntries(
    Object.entries(services).map(([name, service]) => [name, (call: Call) => serve(service, call)]),
  );
}
