import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";

type Case = { readonly inputs: PropertyMap; readonly change: PropertyMap };

/** Types that are only listed: nothing looks at what they are given. */
export const onAwsOnlyCases: Readonly<Record<string, Case>> = {
  "aws:glue/catalogDatabase:CatalogDatabase": { inputs: {}, change: { catalogId: "b" } },
  "aws:glue/catalogTable:CatalogTable": {
    inputs: { databaseName: "a" },
    change: { databaseName: "a", catalogId: "b" },
  },
  "aws:athena/database:Database": { inputs: {}, change: { aclConfiguration: "b" } },
  "aws:athena/namedQuery:NamedQuery": {
    inputs: { database: "a", query: "a" },
    change: { database: "a", query: "a", description: "b" },
  },
  "aws:ecr/repository:Repository": { inputs: {}, change: { encryptionConfigurations: "b" } },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": {
    inputs: { policy: "a", repository: "a" },
    change: { policy: "b", repository: "b" },
  },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": {
    inputs: { policy: "a", repository: "a" },
    change: { policy: "b", repository: "b" },
  },
  "aws:ecs/cluster:Cluster": { inputs: {}, change: { configuration: "b" } },
  "aws:ec2/vpc:Vpc": { inputs: {}, change: { assignGeneratedIpv6CidrBlock: "b" } },
  "aws:ec2/subnet:Subnet": {
    inputs: { vpcId: "a" },
    change: { vpcId: "a", assignIpv6AddressOnCreation: "b" },
  },
  "aws:ec2/internetGateway:InternetGateway": { inputs: {}, change: { vpcId: "b" } },
  "aws:ec2/routeTable:RouteTable": {
    inputs: { vpcId: "a" },
    change: { vpcId: "a", propagatingVgws: "b" },
  },
  "aws:ec2/routeTableAssociation:RouteTableAssociation": {
    inputs: { routeTableId: "a" },
    change: { routeTableId: "a", gatewayId: "b" },
  },
  "aws:ec2/mainRouteTableAssociation:MainRouteTableAssociation": {
    inputs: { routeTableId: "a", vpcId: "a" },
    change: { routeTableId: "b", vpcId: "b" },
  },
  "aws:ec2/route:Route": {
    inputs: { routeTableId: "a" },
    change: { routeTableId: "a", carrierGatewayId: "b" },
  },
  "aws:ec2/natGateway:NatGateway": { inputs: {}, change: { allocationId: "b" } },
  "aws:ec2/vpcEndpoint:VpcEndpoint": {
    inputs: { vpcId: "a" },
    change: { vpcId: "a", autoAccept: "b" },
  },
  "aws:ec2/securityGroupRule:SecurityGroupRule": {
    inputs: { fromPort: "a", protocol: "a", securityGroupId: "a", toPort: "a", type: "a" },
    change: {
      fromPort: "a",
      protocol: "a",
      securityGroupId: "a",
      toPort: "a",
      type: "a",
      cidrBlocks: "b",
    },
  },
  "aws:vpc/securityGroupIngressRule:SecurityGroupIngressRule": {
    inputs: { ipProtocol: "a", securityGroupId: "a" },
    change: { ipProtocol: "a", securityGroupId: "a", cidrIpv4: "b" },
  },
  "aws:vpc/securityGroupEgressRule:SecurityGroupEgressRule": {
    inputs: { ipProtocol: "a", securityGroupId: "a" },
    change: { ipProtocol: "a", securityGroupId: "a", cidrIpv4: "b" },
  },
  "aws:ec2/eip:Eip": { inputs: {}, change: { address: "b" } },
  "aws:route53/zone:Zone": {
    inputs: { name: "shop.example" },
    change: { name: "shop.example", comment: "b" },
  },
  "aws:route53/record:Record": {
    inputs: { name: "a", type: "A", zoneId: "Z1" },
    change: { name: "a", type: "A", zoneId: "Z1", ttl: 60 },
  },
  "aws:acm/certificate:Certificate": {
    inputs: { domainName: "shop.example" },
    change: { domainName: "shop.example", validationMethod: "DNS" },
  },
  "aws:acm/certificateValidation:CertificateValidation": {
    inputs: { certificateArn: "a" },
    change: { certificateArn: "a", validationRecordFqdns: ["b"] },
  },
  "aws:iam/group:Group": { inputs: {}, change: { path: "b" } },
  "aws:cloudwatch/logMetricFilter:LogMetricFilter": {
    inputs: { logGroupName: "a", metricTransformation: "a", pattern: "a" },
    change: {
      logGroupName: "a",
      metricTransformation: "a",
      pattern: "a",
      applyOnTransformedLogs: "b",
    },
  },
  "aws:lambda/provisionedConcurrencyConfig:ProvisionedConcurrencyConfig": {
    inputs: { functionName: "a", provisionedConcurrentExecutions: "a", qualifier: "a" },
    change: {
      functionName: "a",
      provisionedConcurrentExecutions: "a",
      qualifier: "a",
      skipDestroy: "b",
    },
  },
  "aws:pipes/pipe:Pipe": {
    inputs: { roleArn: "a", source: "a", target: "a" },
    change: {
      description: "b",
      desiredState: "STOPPED",
      enrichment: "b",
      kmsKeyIdentifier: "b",
      roleArn: "b",
      source: "a",
      target: "b",
    },
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    inputs: { name: "it" },
    change: { name: "it", path: "b" },
  },
  "aws:iam/groupPolicy:GroupPolicy": {
    inputs: { group: "a", policy: "a" },
    change: { group: "b", policy: "a" },
  },
  "aws:iam/groupPolicyAttachment:GroupPolicyAttachment": {
    inputs: { group: "a", policyArn: "a" },
    change: { group: "b", policyArn: "a" },
  },
  "aws:iam/groupMembership:GroupMembership": {
    inputs: { group: "a", users: "a" },
    change: { group: "b", users: "a" },
  },
  "aws:iam/userGroupMembership:UserGroupMembership": {
    inputs: { groups: "a", user: "a" },
    change: { groups: "b", user: "a" },
  },
  "aws:iam/openIdConnectProvider:OpenIdConnectProvider": {
    inputs: { clientIdLists: "a", url: "a" },
    change: { clientIdLists: "b", url: "a" },
  },
  "aws:iam/serviceLinkedRole:ServiceLinkedRole": {
    inputs: { awsServiceName: "a" },
    change: { awsServiceName: "b" },
  },
  "aws:cognito/userPool:UserPool": {
    inputs: { name: "it" },
    change: { name: "it", accountRecoverySetting: "b" },
  },
  "aws:cognito/userPoolClient:UserPoolClient": {
    inputs: { userPoolId: "a" },
    change: { userPoolId: "b" },
  },
  "aws:cognito/userPoolDomain:UserPoolDomain": {
    inputs: { domain: "a", userPoolId: "a" },
    change: { domain: "b", userPoolId: "a" },
  },
  "aws:cognito/userGroup:UserGroup": { inputs: { userPoolId: "a" }, change: { userPoolId: "b" } },
  "aws:cognito/resourceServer:ResourceServer": {
    inputs: { identifier: "a", userPoolId: "a" },
    change: { identifier: "b", userPoolId: "a" },
  },
  "aws:cognito/identityPool:IdentityPool": {
    inputs: { identityPoolName: "a" },
    change: { identityPoolName: "b" },
  },
  "aws:cognito/identityPoolRoleAttachment:IdentityPoolRoleAttachment": {
    inputs: { identityPoolId: "a", roles: "a" },
    change: { identityPoolId: "b", roles: "a" },
  },
  "aws:budgets/budget:Budget": {
    inputs: { budgetType: "a", timeUnit: "a" },
    change: { budgetType: "b", timeUnit: "a" },
  },
  "aws:cloudtrail/trail:Trail": { inputs: { s3BucketName: "a" }, change: { s3BucketName: "b" } },
  "aws:cloudwatch/compositeAlarm:CompositeAlarm": {
    inputs: { alarmName: "a", alarmRule: "a" },
    change: { alarmName: "b", alarmRule: "a" },
  },
  "aws:cloudwatch/eventArchive:EventArchive": {
    inputs: { eventSourceArn: "a" },
    change: { eventSourceArn: "b" },
  },
  "aws:cloudwatch/logResourcePolicy:LogResourcePolicy": {
    inputs: { policyDocument: "a" },
    change: { policyDocument: "b" },
  },
  "aws:cloudwatch/queryDefinition:QueryDefinition": {
    inputs: { queryString: "a" },
    change: { queryString: "b" },
  },
  "aws:lambda/codeSigningConfig:CodeSigningConfig": {
    inputs: { allowedPublishers: "a" },
    change: { allowedPublishers: "b" },
  },
  "aws:lambda/functionRecursionConfig:FunctionRecursionConfig": {
    inputs: { functionName: "a", recursiveLoop: "a" },
    change: { functionName: "b", recursiveLoop: "a" },
  },
  "aws:lambda/runtimeManagementConfig:RuntimeManagementConfig": {
    inputs: { functionName: "a" },
    change: { functionName: "b" },
  },
  "aws:resourcegroups/group:Group": { inputs: {}, change: { configurations: "b" } },
  "aws:secretsmanager/secretRotation:SecretRotation": {
    inputs: { secretId: "a" },
    change: { secretId: "b" },
  },
  "aws:wafv2/ipSet:IpSet": {
    inputs: { ipAddressVersion: "a", scope: "a" },
    change: { ipAddressVersion: "b", scope: "a" },
  },
  "aws:wafv2/webAcl:WebAcl": {
    inputs: { defaultAction: "a", scope: "a", visibilityConfig: "a" },
    change: { defaultAction: "b", scope: "a", visibilityConfig: "a" },
  },
  "aws:wafv2/webAclAssociation:WebAclAssociation": {
    inputs: { resourceArn: "a", webAclArn: "a" },
    change: { resourceArn: "b", webAclArn: "a" },
  },
  "aws:xray/group:Group": {
    inputs: { filterExpression: "a", groupName: "a" },
    change: { filterExpression: "b", groupName: "a" },
  },
  "aws:xray/samplingRule:SamplingRule": {
    inputs: {
      fixedRate: "a",
      host: "a",
      httpMethod: "a",
      priority: "a",
      reservoirSize: "a",
      resourceArn: "a",
      serviceName: "a",
      serviceType: "a",
      urlPath: "a",
      version: "a",
    },
    change: {
      fixedRate: "b",
      host: "a",
      httpMethod: "a",
      priority: "a",
      reservoirSize: "a",
      resourceArn: "a",
      serviceName: "a",
      serviceType: "a",
      urlPath: "a",
      version: "a",
    },
  },
  "aws:appautoscaling/policy:Policy": {
    inputs: { resourceId: "a", scalableDimension: "a", serviceNamespace: "a" },
    change: { resourceId: "b", scalableDimension: "a", serviceNamespace: "a" },
  },
  "aws:appautoscaling/scheduledAction:ScheduledAction": {
    inputs: {
      resourceId: "a",
      scalableDimension: "a",
      scalableTargetAction: "a",
      schedule: "a",
      serviceNamespace: "a",
    },
    change: {
      resourceId: "b",
      scalableDimension: "a",
      scalableTargetAction: "a",
      schedule: "a",
      serviceNamespace: "a",
    },
  },
  "aws:appautoscaling/target:Target": {
    inputs: {
      maxCapacity: "a",
      minCapacity: "a",
      resourceId: "a",
      scalableDimension: "a",
      serviceNamespace: "a",
    },
    change: {
      maxCapacity: "b",
      minCapacity: "a",
      resourceId: "a",
      scalableDimension: "a",
      serviceNamespace: "a",
    },
  },
  "aws:backup/plan:Plan": { inputs: { rules: "a" }, change: { rules: "b" } },
  "aws:backup/selection:Selection": {
    inputs: { iamRoleArn: "a", planId: "a" },
    change: { iamRoleArn: "b", planId: "a" },
  },
  "aws:backup/vault:Vault": { inputs: {}, change: { forceDestroy: "b" } },
  "aws:dynamodb/contributorInsights:ContributorInsights": {
    inputs: { tableName: "a" },
    change: { tableName: "b" },
  },
  "aws:s3/analyticsConfiguration:AnalyticsConfiguration": {
    inputs: { bucket: "a" },
    change: { bucket: "b" },
  },
  "aws:s3/bucketAccelerateConfiguration:BucketAccelerateConfiguration": {
    inputs: { bucket: "a", status: "a" },
    change: { bucket: "b", status: "a" },
  },
  "aws:s3/bucketIntelligentTieringConfiguration:BucketIntelligentTieringConfiguration": {
    inputs: { bucket: "a", tierings: "a" },
    change: { bucket: "b", tierings: "a" },
  },
  "aws:s3/bucketMetric:BucketMetric": { inputs: { bucket: "a" }, change: { bucket: "b" } },
  "aws:s3/bucketReplicationConfig:BucketReplicationConfig": {
    inputs: { bucket: "a", role: "a", rules: "a" },
    change: { bucket: "b", role: "a", rules: "a" },
  },
  "aws:s3/bucketRequestPaymentConfiguration:BucketRequestPaymentConfiguration": {
    inputs: { bucket: "a", payer: "a" },
    change: { bucket: "b", payer: "a" },
  },
  "aws:s3/inventory:Inventory": {
    inputs: { bucket: "a", destination: "a", includedObjectVersions: "a", schedule: "a" },
    change: { bucket: "b", destination: "a", includedObjectVersions: "a", schedule: "a" },
  },
  "aws:apigateway/basePathMapping:BasePathMapping": {
    inputs: { domainName: "a", restApi: "a" },
    change: { domainName: "b", restApi: "a" },
  },
  "aws:apigateway/domainName:DomainName": {
    inputs: { domainName: "a" },
    change: { domainName: "b" },
  },
  "aws:apigateway/vpcLink:VpcLink": { inputs: { targetArn: "a" }, change: { targetArn: "b" } },
  "aws:apigatewayv2/apiMapping:ApiMapping": {
    inputs: { apiId: "a", domainName: "a", stage: "a" },
    change: { apiId: "b", domainName: "a", stage: "a" },
  },
  "aws:apigatewayv2/domainName:DomainName": {
    inputs: { domainName: "a", domainNameConfiguration: "a" },
    change: { domainName: "b", domainNameConfiguration: "a" },
  },
  "aws:apigatewayv2/vpcLink:VpcLink": {
    inputs: { securityGroupIds: "a", subnetIds: "a" },
    change: { securityGroupIds: "b", subnetIds: "a" },
  },
  "aws:ses/configurationSet:ConfigurationSet": { inputs: {}, change: { deliveryOptions: "b" } },
  "aws:ses/domainDkim:DomainDkim": { inputs: { domain: "a" }, change: { domain: "b" } },
  "aws:ses/mailFrom:MailFrom": {
    inputs: { domain: "a", mailFromDomain: "a" },
    change: { domain: "b", mailFromDomain: "a" },
  },
  "aws:sesv2/configurationSet:ConfigurationSet": {
    inputs: { configurationSetName: "a" },
    change: { configurationSetName: "b" },
  },
  "aws:sesv2/emailIdentity:EmailIdentity": {
    inputs: { emailIdentity: "a" },
    change: { emailIdentity: "b" },
  },
  "aws:sns/smsPreferences:SmsPreferences": { inputs: {}, change: { defaultSenderId: "b" } },
  "aws:ec2/instance:Instance": { inputs: {}, change: { ami: "b" } },
  "aws:ec2/keyPair:KeyPair": { inputs: { publicKey: "a" }, change: { publicKey: "b" } },
  "aws:ecs/service:Service": { inputs: {}, change: { alarms: "b" } },
  "aws:ecs/taskDefinition:TaskDefinition": {
    inputs: { containerDefinitions: "a", family: "a" },
    change: { containerDefinitions: "b", family: "a" },
  },
  "aws:elasticache/cluster:Cluster": { inputs: {}, change: { applyImmediately: "b" } },
  "aws:elasticache/replicationGroup:ReplicationGroup": {
    inputs: { description: "a" },
    change: { description: "b" },
  },
  "aws:elasticache/subnetGroup:SubnetGroup": {
    inputs: { subnetIds: "a" },
    change: { subnetIds: "b" },
  },
  "aws:lb/listener:Listener": {
    inputs: { defaultActions: "a", loadBalancerArn: "a" },
    change: { defaultActions: "b", loadBalancerArn: "a" },
  },
  "aws:lb/listenerRule:ListenerRule": {
    inputs: { actions: "a", conditions: "a", listenerArn: "a" },
    change: { actions: "b", conditions: "a", listenerArn: "a" },
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    inputs: { name: "it" },
    change: { name: "it", accessLogs: "b" },
  },
  "aws:lb/targetGroup:TargetGroup": { inputs: {}, change: { connectionTermination: "b" } },
  "aws:lb/targetGroupAttachment:TargetGroupAttachment": {
    inputs: { targetGroupArn: "a", targetId: "a" },
    change: { targetGroupArn: "b", targetId: "a" },
  },
  "aws:rds/cluster:Cluster": { inputs: { engine: "a" }, change: { engine: "b" } },
  "aws:rds/clusterInstance:ClusterInstance": {
    inputs: { clusterIdentifier: "a", engine: "a", instanceClass: "a" },
    change: { clusterIdentifier: "b", engine: "a", instanceClass: "a" },
  },
  "aws:rds/instance:Instance": { inputs: { instanceClass: "a" }, change: { instanceClass: "b" } },
  "aws:rds/subnetGroup:SubnetGroup": { inputs: { subnetIds: "a" }, change: { subnetIds: "b" } },
};
