import type { DatabaseSync } from "node:sqlite";
import { serviceOfArn } from "../aws/arn.ts";
import { account } from "./arn.ts";
import { Outbox } from "./outbox.ts";
import type { Authentication } from "./protocol/authentication/authenticate.ts";
import type { Listed } from "./pulumi/listed.ts";
import { Alarms } from "./services/cloudwatch/alarms/alarms.ts";
import { Metrics } from "./services/cloudwatch/metrics.ts";
import { ServiceMetrics } from "./services/cloudwatch/serviceMetrics.ts";
import { Tables } from "./services/dynamodb/tables.ts";
import { EventBuses } from "./services/events/eventBuses.ts";
import { DeliveryStreams } from "./services/firehose/deliveryStreams.ts";
import { ClientRoles } from "./services/iam/clientRoles.ts";
import { decideByDocument } from "./services/iam/documentDecision.ts";
import { Permissions } from "./services/iam/permissions.ts";
import { Streams } from "./services/kinesis/streams.ts";
import { Keys } from "./services/kms/keys.ts";
import { ClientFunctions } from "./services/lambda/clientFunctions.ts";
import type { LogEntry } from "./services/lambda/environments/environmentLog.ts";
import type { HandlerTimer } from "./services/lambda/environments/handlerTimer.ts";
import { Mappings } from "./services/lambda/eventSourceMappings/mappings.ts";
import { Functions } from "./services/lambda/functions.ts";
import { Layers } from "./services/lambda/layers.ts";
import { StreamMappings } from "./services/lambda/streamMappings/streamMappings.ts";
import { LogStreams } from "./services/logs/logStreams.ts";
import { s3Origin } from "./services/s3/api/s3.ts";
import { Buckets } from "./services/s3/buckets.ts";
import { Schedules } from "./services/scheduler/schedules.ts";
import { Secrets } from "./services/secretsmanager/secrets.ts";
import { StateMachines } from "./services/sfn/stateMachines.ts";
import { deliverersOf } from "./services/sns/deliverers/deliverers.ts";
import { Topics } from "./services/sns/topics.ts";
import { Queues } from "./services/sqs/queues.ts";
import type { StandardDelivery } from "./services/sqs/receiving/standardDelivery.ts";
import { Parameters } from "./services/ssm/parameters.ts";
import { ClientResources } from "./storage/clientResources.ts";
import { type CloudData, type DataOptions, openData } from "./storage/cloudData.ts";
import type { DiskSpace } from "./storage/diskSpace.ts";
import { Activity } from "./time/activity.ts";
import type { Clock } from "./time/clock.ts";
import { CloudTime } from "./time/cloudTime.ts";
import { Trace } from "./trace/trace.ts";
import { Web } from "./web/web.ts";

export type CloudOptions = DataOptions & {
  readonly region: string;
  /** @param earliest when the run before on the same data ended, in cloud time; 0 for none */
  readonly clock: (activity: Activity, earliest: number) => Clock;
  /** The endpoint's URL; called only when a resource is created or runs. */
  readonly endpoint: () => string;
  /** Whether policies are enforced. @default true */
  readonly permissions?: boolean;
  /** How standard queues deliver. @default in order, every message once */
  readonly standardDelivery?: StandardDelivery | undefined;
  /** Receives what functions print. @default ignored */
  readonly onLog?: (entry: LogEntry) => void;
  /** Runs the timeouts of handlers. @default the machine's time */
  readonly handlerTimer?: HandlerTimer | undefined;
  /** Opens places on the machine for handlers that wait for one another. @default `handlerTimer` */
  readonly limitTimer?: HandlerTimer | undefined;
};

/**
 * The local cloud: every service, wired to those it needs. Each service knows the others by their
 * `interface.ts` only, and every call between them is authorized.
 *
 *     S3 -> SNS -> SQS -> Lambda (event source mappings)
 *           SNS -> Lambda, Firehose -> S3, HTTP endpoints, outbox (e-mail, text messages)
 *     Lambda (destinations) -> SQS, SNS, Lambda
 *     EventBridge Scheduler -> Lambda, SQS, SNS
 *     CloudFront -> S3, API Gateway -> Lambda
 */
export class Cloud {
  readonly region: string;
  readonly activity = new Activity();
  readonly store: DatabaseSync;
  /** Of the data directory, where there is one. */
  readonly disk: DiskSpace | undefined;
  readonly clock: Clock;
  readonly trace: Trace;
  readonly permissions: Permissions;
  readonly authentication: Authentication;
  readonly keys: Keys;
  readonly outbox: Outbox;
  readonly queues: Queues;
  readonly topics: Topics;
  readonly functions: Functions;
  readonly layers: Layers;
  readonly logs = new LogStreams();
  readonly metrics: Metrics;
  readonly serviceMetrics: ServiceMetrics;
  readonly alarms: Alarms;
  readonly mappings: Mappings;
  readonly dataStreams: Streams;
  readonly streamMappings: StreamMappings;
  readonly stateMachines: StateMachines;
  readonly secrets: Secrets;
  readonly parameters: Parameters;
  readonly events: EventBuses;
  readonly schedules: Schedules;
  readonly buckets: Buckets;
  readonly streams: DeliveryStreams;
  readonly tables: Tables;
  readonly web: Web;
  /** What clients made by the API, kept beyond this cloud. */
  readonly clients: { readonly roles: ClientRoles; readonly functions: ClientFunctions };
  /** Whether anything is kept beyond this cloud. */
  readonly persistent: boolean;
  readonly #listed = new Map<string, Listed>();
  readonly #time: CloudTime;
  readonly #data: CloudData;

  constructor(options: CloudOptions) {
    const { region, endpoint } = options;
    this.region = region;
    this.persistent = options.dataDirectory !== undefined || options.store !== undefined;
    this.#data = openData(options);
    this.store = this.#data.store;
    this.disk = this.#data.disk;
    this.#time = new CloudTime(this.store);
    this.clock = options.clock(this.activity, this.#time.last());
    this.#time.follow(this.clock);
    this.trace = new Trace(this.clock, () => this.functions);
    this.permissions = new Permissions((arn) => this.#policyOf(arn), options.permissions);
    this.authentication = {
      accessKey: this.permissions.accessKeys.find,
      region,
      clocks: () => ({ cloud: this.clock.now(), machine: Date.now() }),
    };
    const { store, clock, trace, activity, permissions } = this;
    const { authorize } = permissions;
    const shared = { store, clock, trace, activity, region, endpoint, authorize };

    this.keys = new Keys(shared);
    this.outbox = new Outbox(shared);
    this.queues = new Queues({
      ...shared,
      queueUrl: (name) => `${endpoint()}/${account}/${name}`,
      standardDelivery: options.standardDelivery,
    });
    this.topics = new Topics({
      ...shared,
      deliverers: deliverersOf({
        ...{ authorize, queues: this.queues, outbox: this.outbox },
        functions: () => this.functions,
        streams: () => this.streams,
      }),
    });
    this.functions = new Functions({
      ...shared,
      queues: this.queues,
      topics: this.topics,
      buses: () => this.events,
      objects: () => this.buckets,
      credentials: (roleArn) => permissions.credentials(roleArn),
      onLog: (entry) => {
        this.logs.write(entry);
        options.onLog?.(entry);
      },
      handlerTimer: options.handlerTimer,
      limitTimer: options.limitTimer,
    });
    this.metrics = new Metrics(shared);
    this.serviceMetrics = new ServiceMetrics(this.metrics, {
      ...shared,
      queues: this.queues,
      functions: this.functions,
    });
    this.alarms = new Alarms({ clock, metrics: this.metrics });
    this.layers = new Layers(shared);
    this.mappings = new Mappings({ ...shared, queues: this.queues, functions: this.functions });
    this.tables = new Tables({ clock, region, directory: options.dataDirectory });
    this.dataStreams = new Streams(shared);
    this.streamMappings = new StreamMappings({
      ...shared,
      streams: { kinesis: this.dataStreams, dynamodb: this.tables.streams },
      functions: this.functions,
      queues: this.queues,
      topics: this.topics,
    });
    const resources = new ClientResources(store, this.persistent);
    this.clients = {
      roles: new ClientRoles(permissions.roles, resources),
      functions: new ClientFunctions({
        ...{ resources, functions: this.functions },
        ...{ mappings: this.mappings, streamMappings: this.streamMappings },
      }),
    };
    this.secrets = new Secrets(shared);
    this.parameters = new Parameters(shared);
    this.stateMachines = new StateMachines({
      ...shared,
      functions: this.functions,
      credentials: (roleArn) => permissions.credentials(roleArn),
    });
    this.events = new EventBuses({
      ...shared,
      topics: this.topics,
      queues: this.queues,
      functions: this.functions,
      stateMachines: this.stateMachines,
      dataStreams: this.dataStreams,
      assume: (roleArn, service) => permissions.assume(roleArn, service),
    });
    this.schedules = new Schedules({
      ...shared,
      functions: this.functions,
      stateMachines: this.stateMachines,
      dataStreams: this.dataStreams,
      buses: this.events,
    });
    this.buckets = new Buckets({
      ...shared,
      topics: this.topics,
      queues: this.queues,
      functions: this.functions,
      events: this.events,
    });
    this.streams = new DeliveryStreams({ ...shared, objects: this.buckets });
    const objects = s3Origin({ ...shared, buckets: this.buckets });
    this.web = new Web({
      ...shared,
      assume: (roleArn, service) => permissions.assume(roleArn, service),
      decide: decideByDocument,
      authentication: this.authentication,
      functions: this.functions,
      objects,
      documents: this.buckets.documents,
      credentials: (roleArn) => permissions.credentials(roleArn),
    });
  }

  /** Notes something of the program that has its effect on AWS only. */
  list(listed: Listed): void {
    const { type, name, input = "" } = listed;
    this.#listed.set(`${type} ${name} ${input}`, listed);
  }

  /** What of the program has its effect on AWS only. */
  listed(): readonly Listed[] {
    return [...this.#listed.values()];
  }

  /** Stops new work, ends what runs, and closes the store if it is the cloud's own. */
  async close(): Promise<void> {
    this.events.close();
    this.schedules.close();
    this.stateMachines.executions.close();
    this.mappings.close();
    this.streamMappings.close();
    await this.functions.close();
    this.topics.close();
    this.streams.close();
    this.queues.close();
    await this.tables.close();
    this.#time.close();
    this.#data.close();
  }

  /** The policy document of a resource, from the service that owns it. */
  #policyOf(arn: string): string | undefined {
    switch (serviceOfArn(arn)) {
      case "sqs":
        return this.queues.find(arn) && this.queues.policy(arn);
      case "sns":
        return this.topics.policy(arn);
      case "lambda":
        return this.functions.find(arn) && this.functions.policy(arn);
      case "s3":
        return this.buckets.accessPolicy(arn);
      case "kms":
        return this.keys.policy(arn);
      default:
        return undefined;
    }
  }
}
