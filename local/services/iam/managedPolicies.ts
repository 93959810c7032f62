/**
 * The documents of policies that AWS manages, as far as they speak of services that the local cloud has, or
 * of those that functions write to.
 *
 * https://docs.aws.amazon.com/aws-managed-policy/latest/reference/policy-list.html
 *
 * @returns JSON text; undefined for a policy that is not known here
 */
export function managedPolicyDocument(arn: string): string | undefined {
  const name = arn.startsWith(prefix) ? arn.slice(prefix.length) : "";
  const statements = Object.hasOwn(managed, name) ? managed[name] : undefined;
  return statements && JSON.stringify({ Version: "2012-10-17", Statement: statements });
}

const prefix = "arn:aws:iam::aws:policy/";

type Statement = {
  readonly Effect: "Allow";
  readonly Action?: readonly string[];
  readonly NotAction?: readonly string[];
  readonly Resource: string;
};

function allow(actions: string, Resource = "*"): Statement {
  return { Effect: "Allow", Action: actions.split(" "), Resource };
}

const writeLogs = "logs:CreateLogGroup logs:CreateLogStream logs:PutLogEvents";
const readTableStreams =
  "dynamodb:DescribeStream dynamodb:GetRecords dynamodb:GetShardIterator dynamodb:ListStreams";
const writeTraces =
  "xray:GetSamplingRules xray:GetSamplingStatisticSummaries xray:GetSamplingTargets xray:PutTelemetryRecords xray:PutTraceSegments";
const functionLogs = "arn:aws:logs:*:*:log-group:/aws/lambda/*";

const managed: Readonly<Record<string, readonly Statement[]>> = {
  AdministratorAccess: [allow("*")],
  PowerUserAccess: [
    { Effect: "Allow", NotAction: ["iam:*", "organizations:*", "account:*"], Resource: "*" },
  ],
  ReadOnlyAccess: [
    allow(
      "dynamodb:BatchGet* dynamodb:Describe* dynamodb:Get* dynamodb:List* dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan events:Describe* events:List* firehose:Describe* firehose:List* kinesis:Describe* kinesis:Get* kinesis:List* kms:Describe* kms:Get* kms:List* lambda:Get* lambda:List* logs:Describe* logs:FilterLogEvents logs:Get* s3:Get* s3:List* scheduler:GetSchedule scheduler:ListSchedules secretsmanager:Describe* secretsmanager:List* ses:Get* ses:List* sns:Check* sns:Get* sns:List* sqs:Get* sqs:List* sqs:Receive* ssm:Describe* ssm:Get* ssm:List* states:Describe* states:GetExecutionHistory states:List* sts:GetCallerIdentity",
    ),
  ],

  "service-role/AWSLambdaBasicExecutionRole": [allow(writeLogs)],
  "service-role/AWSLambdaVPCAccessExecutionRole": [allow(writeLogs)],
  "service-role/AWSLambdaMSKExecutionRole": [allow(writeLogs)],
  "service-role/AWSLambdaSQSQueueExecutionRole": [
    allow(`${writeLogs} sqs:DeleteMessage sqs:GetQueueAttributes sqs:ReceiveMessage`),
  ],
  "service-role/AWSLambdaKinesisExecutionRole": [
    allow(
      `${writeLogs} kinesis:DescribeStream kinesis:DescribeStreamSummary kinesis:GetRecords kinesis:GetShardIterator kinesis:ListShards kinesis:ListStreams kinesis:SubscribeToShard`,
    ),
  ],
  "service-role/AWSLambdaDynamoDBExecutionRole": [allow(`${writeLogs} ${readTableStreams}`)],
  "service-role/AWSLambdaRole": [allow("lambda:InvokeFunction")],
  "AWSLambdaInvocation-DynamoDB": [allow("lambda:InvokeFunction"), allow(readTableStreams)],
  AWSLambdaExecute: [
    allow("logs:*", "arn:aws:logs:*:*:*"),
    allow("s3:GetObject s3:PutObject", "arn:aws:s3:::*"),
  ],
  AWSLambdaFullAccess: [
    allow(
      "cloudwatch:* dynamodb:* events:* kinesis:DescribeStream kinesis:ListStreams kinesis:PutRecord kms:ListAliases lambda:* logs:* s3:* sns:ListSubscriptions sns:ListSubscriptionsByTopic sns:ListTopics sns:Publish sns:Subscribe sns:Unsubscribe sqs:ListQueues sqs:SendMessage xray:PutTelemetryRecords xray:PutTraceSegments",
    ),
  ],
  AWSLambda_FullAccess: [
    allow(
      "kms:DescribeKey kms:ListAliases lambda:* logs:DescribeLogGroups states:DescribeStateMachine states:ListStateMachines xray:BatchGetTraces xray:GetTraceSummaries",
    ),
    allow("logs:DescribeLogStreams logs:FilterLogEvents logs:GetLogEvents", functionLogs),
  ],
  AWSLambda_ReadOnlyAccess: [
    allow("kms:ListAliases lambda:Get* lambda:List* logs:DescribeLogGroups"),
    allow("logs:DescribeLogStreams logs:FilterLogEvents logs:GetLogEvents", functionLogs),
  ],
  CloudWatchLambdaInsightsExecutionRolePolicy: [
    allow("logs:CreateLogGroup"),
    allow(
      "logs:CreateLogStream logs:PutLogEvents",
      "arn:aws:logs:*:*:log-group:/aws/lambda-insights:*",
    ),
  ],

  AmazonSQSFullAccess: [allow("sqs:*")],
  AmazonSQSReadOnlyAccess: [
    allow(
      "sqs:GetQueueAttributes sqs:GetQueueUrl sqs:ListDeadLetterSourceQueues sqs:ListMessageMoveTasks sqs:ListQueueTags sqs:ListQueues",
    ),
  ],
  AmazonSNSFullAccess: [allow("sns:*")],
  AmazonSNSReadOnlyAccess: [
    allow(
      "sns:CheckIfPhoneNumberIsOptedOut sns:GetDataProtectionPolicy sns:GetEndpointAttributes sns:GetSMSAttributes sns:GetSubscriptionAttributes sns:GetTopicAttributes sns:List*",
    ),
  ],
  "service-role/AmazonSNSRole": [
    allow(`${writeLogs} logs:PutMetricFilter logs:PutRetentionPolicy`),
  ],
  AmazonS3FullAccess: [allow("s3:* s3-object-lambda:*")],
  AmazonS3ReadOnlyAccess: [allow("s3:Describe* s3:Get* s3:List*")],
  AmazonDynamoDBFullAccess: [
    allow(
      "dynamodb:* dax:* kms:DescribeKey kms:ListAliases lambda:CreateEventSourceMapping lambda:CreateFunction lambda:DeleteEventSourceMapping lambda:DeleteFunction lambda:GetFunctionConfiguration lambda:ListEventSourceMappings lambda:ListFunctions sns:CreateTopic sns:DeleteTopic sns:ListSubscriptions sns:ListSubscriptionsByTopic sns:ListTopics sns:SetTopicAttributes sns:Subscribe sns:Unsubscribe",
    ),
  ],
  AmazonDynamoDBFullAccess_v2: [
    allow(
      "dynamodb:* dax:* kms:DescribeKey kms:ListAliases lambda:ListEventSourceMappings lambda:ListFunctions sns:ListTopics",
    ),
  ],
  AmazonDynamoDBReadOnlyAccess: [
    allow(
      "dynamodb:BatchGetItem dynamodb:Describe* dynamodb:GetItem dynamodb:GetResourcePolicy dynamodb:List* dynamodb:PartiQLSelect dynamodb:Query dynamodb:Scan kms:DescribeKey kms:ListAliases lambda:GetFunctionConfiguration lambda:ListEventSourceMappings lambda:ListFunctions sns:ListSubscriptionsByTopic sns:ListTopics",
    ),
  ],
  AmazonKinesisFullAccess: [allow("kinesis:*")],
  AmazonKinesisReadOnlyAccess: [allow("kinesis:Describe* kinesis:Get* kinesis:List*")],
  AmazonKinesisFirehoseFullAccess: [allow("firehose:*")],
  AmazonEventBridgeFullAccess: [allow("events:* scheduler:* schemas:* pipes:*")],
  AWSStepFunctionsFullAccess: [allow("states:*")],
  AmazonSESFullAccess: [allow("ses:*")],
  AmazonSSMFullAccess: [allow("logs:* ssm:*")],
  AmazonSSMReadOnlyAccess: [allow("ssm:Describe* ssm:Get* ssm:List*")],
  SecretsManagerReadWrite: [
    allow("kms:DescribeKey kms:ListAliases kms:ListKeys lambda:ListFunctions secretsmanager:*"),
    allow(
      "lambda:AddPermission lambda:CreateFunction lambda:GetFunction lambda:InvokeFunction lambda:UpdateFunctionConfiguration",
      "arn:aws:lambda:*:*:function:SecretsManager*",
    ),
  ],
  AmazonAthenaFullAccess: [
    allow(
      "athena:* glue:GetDatabase glue:GetTable glue:GetPartitions s3:GetBucketLocation s3:ListAllMyBuckets s3:ListBucket sns:GetTopicAttributes sns:ListTopics",
    ),
    allow("s3:GetObject s3:PutObject", "arn:aws:s3:::aws-athena-query-results-*"),
  ],
  AmazonECS_FullAccess: [allow("ecs:*")],
  CloudWatchLogsFullAccess: [allow("logs:*")],
  CloudWatchFullAccess: [allow("cloudwatch:* logs:* sns:*")],
  CloudWatchFullAccessV2: [
    allow(
      "cloudwatch:* logs:* sns:CreateTopic sns:ListSubscriptions sns:ListSubscriptionsByTopic sns:ListTopics sns:Subscribe xray:*",
    ),
  ],
  CloudWatchEventsFullAccess: [allow("events:* schemas:* scheduler:* pipes:*")],
  AmazonCognitoPowerUser: [
    allow(
      "cognito-identity:* cognito-idp:* cognito-sync:* kinesis:ListStreams lambda:GetPolicy lambda:ListFunctions ses:GetIdentityVerificationAttributes ses:ListIdentities sns:ListPlatformApplications",
    ),
  ],
  AWSXRayDaemonWriteAccess: [allow(writeTraces)],
  AWSXrayWriteOnlyAccess: [allow(writeTraces)],
  AmazonAPIGatewayInvokeFullAccess: [
    allow("execute-api:Invoke execute-api:ManageConnections", "arn:aws:execute-api:*:*:*"),
  ],
  "service-role/AmazonAPIGatewayPushToCloudWatchLogs": [
    allow(
      `${writeLogs} logs:DescribeLogGroups logs:DescribeLogStreams logs:FilterLogEvents logs:GetLogEvents`,
    ),
  ],
  "service-role/AmazonECSTaskExecutionRolePolicy": [
    allow("logs:CreateLogStream logs:PutLogEvents"),
  ],
  AmazonRekognitionFullAccess: [allow("rekognition:*")],
  AmazonRekognitionReadOnlyAccess: [
    allow("rekognition:Detect* rekognition:Compare* rekognition:List* rekognition:Recognize*"),
  ],
  AmazonTextractFullAccess: [allow("textract:*")],
};
