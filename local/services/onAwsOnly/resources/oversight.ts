import type { ResourceType } from "../../../provider/declaration/resourceType.ts";
import { onAwsOnlyType } from "./onAwsOnlyType.ts";

/** What watches, limits and bills an account: accepted, with its effect on AWS only. */
export const oversight: readonly ResourceType[] = [
  onAwsOnlyType({
    type: "aws:budgets/budget:Budget",
    listed: "nothing here costs anything",
    required: "budgetType timeUnit",
    optional: `
      accountId autoAdjustData billingViewArn costFilters costTypes filterExpression limitAmount
      limitUnit metrics name namePrefix notifications plannedLimits tags timePeriodEnd
      timePeriodStart`,
    arn: { service: "budgets", prefix: "budget/" },
  }),
  onAwsOnlyType({
    type: "aws:cloudtrail/trail:Trail",
    listed: "the trace of the local run has every call of a handler",
    required: "s3BucketName",
    optional: `
      advancedEventSelectors cloudWatchLogsGroupArn cloudWatchLogsRoleArn enableLogFileValidation
      enableLogging eventSelectors includeGlobalServiceEvents insightSelectors isMultiRegionTrail
      isOrganizationTrail kmsKeyId name region s3KeyPrefix snsTopicName tags`,
    arn: { service: "cloudtrail", prefix: "trail/" },
  }),
  onAwsOnlyType({
    type: "aws:cloudwatch/compositeAlarm:CompositeAlarm",
    listed: "alarms notify on AWS only",
    required: "alarmName alarmRule",
    optional: `
      actionsEnabled actionsSuppressor alarmActions alarmDescription insufficientDataActions
      okActions region tags`,
    arn: { service: "cloudwatch", prefix: "alarm:" },
  }),
  onAwsOnlyType({
    type: "aws:cloudwatch/eventArchive:EventArchive",
    listed: "events are archived and replayed on AWS only",
    required: "eventSourceArn",
    optional: "description eventPattern kmsKeyIdentifier name region retentionDays",
    arn: { service: "events", prefix: "archive/" },
  }),
  onAwsOnlyType({
    type: "aws:cloudwatch/logResourcePolicy:LogResourcePolicy",
    listed: "services write logs on AWS only",
    required: "policyDocument",
    optional: "policyName region resourceArn",
  }),
  onAwsOnlyType({
    type: "aws:cloudwatch/queryDefinition:QueryDefinition",
    listed: "logs are queried on AWS only",
    required: "queryString",
    optional: "logGroupNames name region",
  }),
  onAwsOnlyType({
    type: "aws:lambda/codeSigningConfig:CodeSigningConfig",
    listed: "signatures of code are verified on AWS only",
    required: "allowedPublishers",
    optional: "description policies region tags",
    arn: { service: "lambda", prefix: "code-signing-config:" },
  }),
  onAwsOnlyType({
    type: "aws:lambda/functionRecursionConfig:FunctionRecursionConfig",
    listed: "loops of functions are stopped on AWS only",
    required: "functionName recursiveLoop",
    optional: "region",
  }),
  onAwsOnlyType({
    type: "aws:lambda/runtimeManagementConfig:RuntimeManagementConfig",
    listed: "functions run on the Node.js and the Python of this machine",
    required: "functionName",
    optional: "qualifier region runtimeVersionArn updateRuntimeOn",
  }),
  onAwsOnlyType({
    type: "aws:resourcegroups/group:Group",
    listed: "groups of resources are looked at on AWS only",
    optional: "configurations description name region resourceQuery tags",
    arn: { service: "resource-groups", prefix: "group/" },
  }),
  onAwsOnlyType({
    type: "aws:secretsmanager/secretRotation:SecretRotation",
    listed: "secrets are rotated on AWS only",
    required: "secretId",
    optional: `
      externalSecretRotationMetadatas externalSecretRotationRoleArn region rotateImmediately
      rotationEnabled rotationLambdaArn rotationRules`,
  }),
  onAwsOnlyType({
    type: "aws:wafv2/ipSet:IpSet",
    listed: "requests are filtered on AWS only",
    required: "ipAddressVersion scope",
    optional: "addresses description name namePrefix region tags",
    arn: { service: "wafv2", prefix: "regional/ipset/" },
  }),
  onAwsOnlyType({
    type: "aws:wafv2/webAcl:WebAcl",
    listed: "requests are filtered on AWS only",
    required: "defaultAction scope visibilityConfig",
    optional: `
      associationConfig captchaConfig challengeConfig customResponseBodies dataProtectionConfig
      description name namePrefix region ruleJson rules tags tokenDomains`,
    arn: { service: "wafv2", prefix: "regional/webacl/" },
  }),
  onAwsOnlyType({
    type: "aws:wafv2/webAclAssociation:WebAclAssociation",
    listed: "requests are filtered on AWS only",
    required: "resourceArn webAclArn",
    optional: "region",
  }),
  onAwsOnlyType({
    type: "aws:xray/group:Group",
    listed: "X-Ray traces on AWS only",
    required: "filterExpression groupName",
    optional: "insightsConfiguration region tags",
    arn: { service: "xray", prefix: "group/" },
  }),
  onAwsOnlyType({
    type: "aws:xray/samplingRule:SamplingRule",
    listed: "X-Ray traces on AWS only",
    required: `
      fixedRate host httpMethod priority reservoirSize resourceArn serviceName serviceType urlPath
      version`,
    optional: "attributes region ruleName tags",
    arn: { service: "xray", prefix: "sampling-rule/" },
  }),
];
