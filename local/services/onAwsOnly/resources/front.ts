import type { ResourceType } from "../../../provider/declaration/resourceType.ts";
import { onAwsOnlyType } from "./onAwsOnlyType.ts";

/** Names and networks in front of APIs, and mail: accepted, with their effect on AWS only. */
export const front: readonly ResourceType[] = [
  onAwsOnlyType({
    type: "aws:apigateway/basePathMapping:BasePathMapping",
    listed: "names lead to the local endpoint on AWS only",
    required: "domainName restApi",
    optional: "basePath domainNameId region stageName",
  }),
  onAwsOnlyType({
    type: "aws:apigateway/domainName:DomainName",
    listed: "names lead to the local endpoint on AWS only",
    required: "domainName",
    optional: `
      certificateArn certificateBody certificateChain certificateName certificatePrivateKey
      endpointAccessMode endpointConfiguration mutualTlsAuthentication
      ownershipVerificationCertificateArn policy region regionalCertificateArn
      regionalCertificateName routingMode securityPolicy tags`,
  }),
  onAwsOnlyType({
    type: "aws:apigateway/vpcLink:VpcLink",
    listed: "the local cloud has no networks",
    required: "targetArn",
    optional: "description name region tags",
  }),
  onAwsOnlyType({
    type: "aws:apigatewayv2/apiMapping:ApiMapping",
    listed: "names lead to the local endpoint on AWS only",
    required: "apiId domainName stage",
    optional: "apiMappingKey region",
  }),
  onAwsOnlyType({
    type: "aws:apigatewayv2/domainName:DomainName",
    listed: "names lead to the local endpoint on AWS only",
    required: "domainName domainNameConfiguration",
    optional: "mutualTlsAuthentication region routingMode tags",
  }),
  onAwsOnlyType({
    type: "aws:apigatewayv2/vpcLink:VpcLink",
    listed: "the local cloud has no networks",
    required: "securityGroupIds subnetIds",
    optional: "name region tags",
  }),
  onAwsOnlyType({
    type: "aws:ses/configurationSet:ConfigurationSet",
    listed: "local e-mail goes to the outbox, whatever its settings",
    optional: `
      deliveryOptions name region reputationMetricsEnabled sendingEnabled trackingOptions`,
    arn: { service: "ses", prefix: "configuration-set/" },
  }),
  onAwsOnlyType({
    type: "aws:ses/domainDkim:DomainDkim",
    listed: "local e-mail goes to the outbox, from any sender",
    required: "domain",
    optional: "region",
  }),
  onAwsOnlyType({
    type: "aws:ses/mailFrom:MailFrom",
    listed: "local e-mail goes to the outbox, from any sender",
    required: "domain mailFromDomain",
    optional: "behaviorOnMxFailure region",
  }),
  onAwsOnlyType({
    type: "aws:sesv2/configurationSet:ConfigurationSet",
    listed: "local e-mail goes to the outbox, whatever its settings",
    required: "configurationSetName",
    optional: `
      deliveryOptions region reputationOptions sendingOptions suppressionOptions tags
      trackingOptions vdmOptions`,
    arn: { service: "ses", prefix: "configuration-set/" },
  }),
  onAwsOnlyType({
    type: "aws:sesv2/emailIdentity:EmailIdentity",
    listed: "local e-mail goes to the outbox, from any sender",
    required: "emailIdentity",
    optional: "configurationSetName dkimSigningAttributes region tags",
    arn: { service: "ses", prefix: "identity/" },
  }),
  onAwsOnlyType({
    type: "aws:sns/smsPreferences:SmsPreferences",
    listed: "text messages go to the outbox, whatever their settings",
    optional: `
      defaultSenderId defaultSmsType deliveryStatusIamRoleArn deliveryStatusSuccessSamplingRate
      monthlySpendLimit region usageReportS3Bucket`,
  }),
];
