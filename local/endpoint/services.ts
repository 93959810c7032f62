import type { Cloud } from "../cloud.ts";
import type { Services } from "../protocol/server.ts";
import { unzip } from "../provider/assets/zip.ts";
import { ProviderError } from "../pulumi/provider.ts";
import { cloudWatchService } from "../services/cloudwatch/api/cloudWatch.ts";
import { dynamoDbService } from "../services/dynamodb/api/dynamodb.ts";
import { eventsService } from "../services/events/api/events.ts";
import { iamService } from "../services/iam/api/iam.ts";
import { kinesis } from "../services/kinesis/api/kinesis.ts";
import { lambda } from "../services/lambda/api/lambda.ts";
import type { CodeFiles } from "../services/lambda/code.ts";
import { logsService } from "../services/logs/api/logs.ts";
import { s3Service } from "../services/s3/api/s3.ts";
import { secretsManager } from "../services/secretsmanager/secretsManager.ts";
import { sesService } from "../services/ses/api/ses.ts";
import { sfn } from "../services/sfn/api/sfn.ts";
import { sns } from "../services/sns/api/sns.ts";
import { sqs } from "../services/sqs/api/sqs.ts";
import { ssm } from "../services/ssm/api/ssm.ts";
import { stsService } from "../services/sts/sts.ts";
import { withRefusedCalls } from "../trace/refusedCalls.ts";

/** The APIs of the cloud by signing name. Calls of roles that are refused are in the trace. */
export function servicesOf(cloud: Cloud): Services {
  const { region, permissions, clock, trace, outbox } = cloud;
  const { queues, topics, functions, mappings, buckets, tables } = cloud;
  const authorize = withRefusedCalls({ authorize: permissions.authorize, trace });
  return {
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
  };
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
