import { aFlag, aNumber, anything, aText, someTexts, type TypeSpec, texts } from "./typeSpec.ts";

const someThings: TypeSpec = { type: "array", items: anything };

type Results = Readonly<Record<string, TypeSpec>>;

const object: Results = {
  ...allTexts(
    "arn body cacheControl contentDisposition contentEncoding contentLanguage contentType",
  ),
  ...allTexts("bucket etag key lastModified region storageClass versionId"),
  contentLength: aNumber,
  metadata: texts,
  tags: texts,
};

const credentials = allTexts("authorizationToken expiresAt password proxyEndpoint userName");

/** What lookups answer with; those that have the name of a resource have its outputs as well. */
export const lookupResults: Readonly<Record<string, Results>> = {
  "aws:index/getArn:getArn": allTexts("account arn partition region resource service"),
  "aws:index/getCallerIdentity:getCallerIdentity": allTexts("accountId arn userId"),
  "aws:index/getRegion:getRegion": allTexts("description endpoint name region"),
  "aws:index/getPartition:getPartition": allTexts("dnsSuffix partition reverseDnsPrefix"),
  "aws:index/getAvailabilityZones:getAvailabilityZones": {
    names: someTexts,
    zoneIds: someTexts,
    groupNames: someTexts,
    region: aText,
  },
  "aws:index/getDefaultTags:getDefaultTags": { tags: texts },
  "aws:acm/getCertificate:getCertificate": {
    ...allTexts("arn certificate certificateChain domain region status"),
    tags: texts,
  },
  "aws:apigateway/getRestApi:getRestApi": { endpointConfigurations: someThings },
  "aws:apigatewayv2/getApi:getApi": { apiId: aText, corsConfigurations: someThings },
  "aws:apigatewayv2/getApis:getApis": { ids: someTexts, region: aText },
  "aws:cloudcontrol/getResource:getResource": allTexts("identifier properties region typeName"),
  "aws:cloudwatch/getLogGroup:getLogGroup": {
    creationTime: aNumber,
    deletionProtectionEnabled: aFlag,
  },
  "aws:ec2/getSubnet:getSubnet": { defaultForAz: aFlag, state: aText },
  "aws:ec2/getSubnets:getSubnets": { ids: someTexts, region: aText },
  "aws:ec2/getVpc:getVpc": { cidrBlockAssociations: someThings, default: aFlag, state: aText },
  "aws:ec2/getVpcs:getVpcs": { ids: someTexts, region: aText },
  "aws:ecr/getAuthorizationToken:getAuthorizationToken": { ...credentials, region: aText },
  "aws:ecr/getCredentials:getCredentials": { ...credentials, registryId: aText },
  "aws:iam/getPolicyDocument:getPolicyDocument": allTexts("json minifiedJson"),
  "aws:iam/getSessionContext:getSessionContext": allTexts(
    "arn issuerArn issuerId issuerName sessionName",
  ),
  "aws:iam/getUser:getUser": allTexts("userId userName"),
  "aws:kinesis/getStream:getStream": {
    closedShards: someTexts,
    creationTimestamp: aNumber,
    openShards: someTexts,
    status: aText,
  },
  "aws:lambda/getFunctionUrl:getFunctionUrl": {
    cors: someThings,
    ...allTexts("creationTime lastModifiedTime"),
  },
  "aws:lambda/getFunctions:getFunctions": {
    functionArns: someTexts,
    functionNames: someTexts,
    region: aText,
  },
  "aws:s3/getBucketObject:getBucketObject": object,
  "aws:s3/getObject:getObject": object,
  "aws:secretsmanager/getSecret:getSecret": allTexts("createdDate lastChangedDate policy"),
  "aws:secretsmanager/getSecretVersion:getSecretVersion": allTexts("createdDate versionStage"),
  "aws:sqs/getQueues:getQueues": { queueUrls: someTexts, region: aText },
  "aws:ssm/getParametersByPath:getParametersByPath": {
    arns: someTexts,
    names: someTexts,
    region: aText,
    types: someTexts,
    values: someTexts,
  },
};

function allTexts(names: string): Results {
  return Object.fromEntries(names.split(" ").map((name) => [name, aText]));
}
