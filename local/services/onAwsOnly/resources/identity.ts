import type { ResourceType } from "../../../provider/declaration/resourceType.ts";
import { onAwsOnlyType } from "./onAwsOnlyType.ts";

/** Users, their sign-in and other identities: accepted, with their effect on AWS only. */
export const identity: readonly ResourceType[] = [
  onAwsOnlyType({
    type: "aws:iam/instanceProfile:InstanceProfile",
    listed: "the local cloud has no instances",
    optional: "name namePrefix path role tags",
    arn: { service: "iam", prefix: "instance-profile/" },
  }),
  onAwsOnlyType({
    type: "aws:iam/groupPolicy:GroupPolicy",
    listed: "groups of users count on AWS only",
    required: "group policy",
    optional: "name namePrefix",
  }),
  onAwsOnlyType({
    type: "aws:iam/groupPolicyAttachment:GroupPolicyAttachment",
    listed: "groups of users count on AWS only",
    required: "group policyArn",
  }),
  onAwsOnlyType({
    type: "aws:iam/groupMembership:GroupMembership",
    listed: "groups of users count on AWS only",
    required: "group users",
    optional: "name",
  }),
  onAwsOnlyType({
    type: "aws:iam/userGroupMembership:UserGroupMembership",
    listed: "groups of users count on AWS only",
    required: "groups user",
  }),
  onAwsOnlyType({
    type: "aws:iam/openIdConnectProvider:OpenIdConnectProvider",
    listed: "identities of other providers sign in on AWS only",
    required: "clientIdLists url",
    optional: "tags thumbprintLists",
    arn: { service: "iam", prefix: "oidc-provider/" },
  }),
  onAwsOnlyType({
    type: "aws:iam/serviceLinkedRole:ServiceLinkedRole",
    listed: "services of the local cloud need no roles of their own",
    required: "awsServiceName",
    optional: "customSuffix description tags",
    arn: { service: "iam", prefix: "role/aws-service-role/" },
  }),
  onAwsOnlyType({
    type: "aws:cognito/userPool:UserPool",
    listed: "users sign up and sign in on AWS only",
    optional: `
      accountRecoverySetting adminCreateUserConfig aliasAttributes autoVerifiedAttributes
      deletionProtection deviceConfiguration emailConfiguration emailMfaConfiguration
      emailVerificationMessage emailVerificationSubject lambdaConfig mfaConfiguration name
      passwordPolicy region schemas signInPolicy smsAuthenticationMessage smsConfiguration
      smsVerificationMessage softwareTokenMfaConfiguration tags userAttributeUpdateSettings
      userPoolAddOns userPoolTier usernameAttributes usernameConfiguration
      verificationMessageTemplate webAuthnConfiguration`,
    arn: { service: "cognito-idp", prefix: "userpool/" },
    names: { endpoint: "cognito-idp.{region}.amazonaws.com/{id}" },
  }),
  onAwsOnlyType({
    type: "aws:cognito/userPoolClient:UserPoolClient",
    listed: "users sign up and sign in on AWS only",
    required: "userPoolId",
    optional: `
      accessTokenValidity allowedOauthFlows allowedOauthFlowsUserPoolClient allowedOauthScopes
      analyticsConfiguration authSessionValidity callbackUrls defaultRedirectUri
      enablePropagateAdditionalUserContextData enableTokenRevocation explicitAuthFlows
      generateSecret idTokenValidity logoutUrls name preventUserExistenceErrors readAttributes
      refreshTokenRotation refreshTokenValidity region supportedIdentityProviders tokenValidityUnits
      writeAttributes`,
  }),
  onAwsOnlyType({
    type: "aws:cognito/userPoolDomain:UserPoolDomain",
    listed: "users sign up and sign in on AWS only",
    required: "domain userPoolId",
    optional: "certificateArn managedLoginVersion region",
  }),
  onAwsOnlyType({
    type: "aws:cognito/userGroup:UserGroup",
    listed: "users sign up and sign in on AWS only",
    required: "userPoolId",
    optional: "description name precedence region roleArn",
  }),
  onAwsOnlyType({
    type: "aws:cognito/resourceServer:ResourceServer",
    listed: "users sign up and sign in on AWS only",
    required: "identifier userPoolId",
    optional: "name region scopes",
  }),
  onAwsOnlyType({
    type: "aws:cognito/identityPool:IdentityPool",
    listed: "users sign up and sign in on AWS only",
    required: "identityPoolName",
    optional: `
      allowClassicFlow allowUnauthenticatedIdentities cognitoIdentityProviders developerProviderName
      openidConnectProviderArns region samlProviderArns supportedLoginProviders tags`,
    arn: { service: "cognito-identity", prefix: "identitypool/" },
  }),
  onAwsOnlyType({
    type: "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment",
    listed: "users sign up and sign in on AWS only",
    required: "identityPoolId roles",
    optional: "region roleMappings",
  }),
];
