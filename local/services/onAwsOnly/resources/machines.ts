import type { ResourceType } from "../../../provider/declaration/resourceType.ts";
import { onAwsOnlyType } from "./onAwsOnlyType.ts";

/** Machines, load balancers and databases on them: accepted, with their effect on AWS only. */
export const machines: readonly ResourceType[] = [
  onAwsOnlyType({
    type: "aws:ec2/instance:Instance",
    listed: "the local cloud has no machines",
    optional: `
      ami associatePublicIpAddress availabilityZone capacityReservationSpecification cpuOptions
      creditSpecification disableApiStop disableApiTermination ebsBlockDevices ebsOptimized
      enablePrimaryIpv6 enclaveOptions ephemeralBlockDevices forceDestroy getPasswordData
      hibernation hostId hostResourceGroupArn iamInstanceProfile instanceInitiatedShutdownBehavior
      instanceMarketOptions instanceType ipv6AddressCount ipv6Addresses keyName launchTemplate
      maintenanceOptions metadataOptions monitoring networkInterfaces placementGroup
      placementGroupId placementPartitionNumber primaryNetworkInterface privateDnsNameOptions
      privateIp region rootBlockDevice secondaryNetworkInterfaces secondaryPrivateIps securityGroups
      sourceDestCheck subnetId tags tenancy userData userDataBase64 userDataReplaceOnChange
      volumeTags vpcSecurityGroupIds`,
    arn: { service: "ec2", prefix: "instance/" },
  }),
  onAwsOnlyType({
    type: "aws:ec2/keyPair:KeyPair",
    listed: "the local cloud has no machines",
    required: "publicKey",
    optional: "keyName keyNamePrefix region tags",
    arn: { service: "ec2", prefix: "key-pair/" },
  }),
  onAwsOnlyType({
    type: "aws:ecs/service:Service",
    listed: "the local cloud has no containers",
    optional: `
      alarms availabilityZoneRebalancing capacityProviderStrategies cluster deploymentCircuitBreaker
      deploymentConfiguration deploymentController deploymentMaximumPercent
      deploymentMinimumHealthyPercent desiredCount enableEcsManagedTags enableExecuteCommand
      forceDelete forceNewDeployment healthCheckGracePeriodSeconds iamRole launchType loadBalancers
      name networkConfiguration orderedPlacementStrategies placementConstraints platformVersion
      propagateTags region schedulingStrategy serviceConnectConfiguration serviceRegistries
      sigintRollback tags taskDefinition triggers volumeConfiguration vpcLatticeConfigurations
      waitForSteadyState`,
    arn: { service: "ecs", prefix: "service/" },
  }),
  onAwsOnlyType({
    type: "aws:ecs/taskDefinition:TaskDefinition",
    listed: "the local cloud has no containers",
    required: "containerDefinitions family",
    optional: `
      cpu enableFaultInjection ephemeralStorage executionRoleArn ipcMode memory networkMode pidMode
      placementConstraints proxyConfiguration region requiresCompatibilities runtimePlatform
      skipDestroy tags taskRoleArn trackLatest volumes`,
    arn: { service: "ecs", prefix: "task-definition/" },
  }),
  onAwsOnlyType({
    type: "aws:elasticache/cluster:Cluster",
    listed: "the local cloud has no caches",
    optional: `
      applyImmediately autoMinorVersionUpgrade availabilityZone azMode clusterId engine
      engineVersion finalSnapshotIdentifier ipDiscovery logDeliveryConfigurations maintenanceWindow
      networkType nodeType notificationTopicArn numCacheNodes outpostMode parameterGroupName port
      preferredAvailabilityZones preferredOutpostArn region replicationGroupId securityGroupIds
      snapshotArns snapshotName snapshotRetentionLimit snapshotWindow subnetGroupName tags
      transitEncryptionEnabled`,
    arn: { service: "elasticache", prefix: "cluster:" },
  }),
  onAwsOnlyType({
    type: "aws:elasticache/replicationGroup:ReplicationGroup",
    listed: "the local cloud has no caches",
    required: "description",
    optional: `
      applyImmediately atRestEncryptionEnabled authToken authTokenUpdateStrategy authTokenWo
      authTokenWoVersion autoMinorVersionUpgrade automaticFailoverEnabled clusterMode
      dataTieringEnabled durability engine engineVersion finalSnapshotIdentifier
      globalReplicationGroupId ipDiscovery kmsKeyId logDeliveryConfigurations maintenanceWindow
      multiAzEnabled networkType nodeGroupConfigurations nodeType notificationTopicArn
      numCacheClusters numNodeGroups parameterGroupName port preferredCacheClusterAzs region
      replicasPerNodeGroup replicationGroupId securityGroupIds securityGroupNames snapshotArns
      snapshotName snapshotRetentionLimit snapshotWindow subnetGroupName tags
      transitEncryptionEnabled transitEncryptionMode userGroupIds`,
    arn: { service: "elasticache", prefix: "replicationgroup:" },
  }),
  onAwsOnlyType({
    type: "aws:elasticache/subnetGroup:SubnetGroup",
    listed: "the local cloud has no networks",
    required: "subnetIds",
    optional: "description name region tags",
    arn: { service: "elasticache", prefix: "subnetgroup:" },
  }),
  onAwsOnlyType({
    type: "aws:lb/listener:Listener",
    listed: "the local cloud has no networks",
    required: "defaultActions loadBalancerArn",
    optional: `
      alpnPolicy certificateArn mutualAuthentication port protocol region
      routingHttpRequestXAmznMtlsClientcertHeaderName
      routingHttpRequestXAmznMtlsClientcertIssuerHeaderName
      routingHttpRequestXAmznMtlsClientcertLeafHeaderName
      routingHttpRequestXAmznMtlsClientcertSerialNumberHeaderName
      routingHttpRequestXAmznMtlsClientcertSubjectHeaderName
      routingHttpRequestXAmznMtlsClientcertValidityHeaderName
      routingHttpRequestXAmznTlsCipherSuiteHeaderName routingHttpRequestXAmznTlsVersionHeaderName
      routingHttpResponseAccessControlAllowCredentialsHeaderValue
      routingHttpResponseAccessControlAllowHeadersHeaderValue
      routingHttpResponseAccessControlAllowMethodsHeaderValue
      routingHttpResponseAccessControlAllowOriginHeaderValue
      routingHttpResponseAccessControlExposeHeadersHeaderValue
      routingHttpResponseAccessControlMaxAgeHeaderValue
      routingHttpResponseContentSecurityPolicyHeaderValue routingHttpResponseServerEnabled
      routingHttpResponseStrictTransportSecurityHeaderValue
      routingHttpResponseXContentTypeOptionsHeaderValue routingHttpResponseXFrameOptionsHeaderValue
      sslPolicy tags tcpIdleTimeoutSeconds`,
    arn: { service: "elasticloadbalancing", prefix: "listener/" },
  }),
  onAwsOnlyType({
    type: "aws:lb/listenerRule:ListenerRule",
    listed: "the local cloud has no networks",
    required: "actions conditions listenerArn",
    optional: "priority region tags transforms",
    arn: { service: "elasticloadbalancing", prefix: "listener-rule/" },
  }),
  onAwsOnlyType({
    type: "aws:lb/loadBalancer:LoadBalancer",
    listed: "the local cloud has no networks",
    optional: `
      accessLogs clientKeepAlive connectionLogs customerOwnedIpv4Pool desyncMitigationMode
      dnsRecordClientRoutingPolicy dropInvalidHeaderFields enableCrossZoneLoadBalancing
      enableDeletionProtection enableHttp2 enablePrefixForIpv6SourceNat
      enableTlsVersionAndCipherSuiteHeaders enableWafFailOpen enableXffClientPort enableZonalShift
      enforceSecurityGroupInboundRulesOnPrivateLinkTraffic healthCheckLogs idleTimeout internal
      ipAddressType ipamPools loadBalancerType minimumLoadBalancerCapacity name namePrefix
      preserveHostHeader region secondaryIpsAutoAssignedPerSubnet securityGroups subnetMappings
      subnets tags xffHeaderProcessingMode`,
    arn: { service: "elasticloadbalancing", prefix: "loadbalancer/" },
    names: { dnsName: "{id}.{region}.elb.amazonaws.com" },
  }),
  onAwsOnlyType({
    type: "aws:lb/targetGroup:TargetGroup",
    listed: "the local cloud has no networks",
    optional: `
      connectionTermination deregistrationDelay healthCheck ipAddressType
      lambdaMultiValueHeadersEnabled loadBalancingAlgorithmType loadBalancingAnomalyMitigation
      loadBalancingCrossZoneEnabled name namePrefix port preserveClientIp protocol protocolVersion
      proxyProtocolV2 region slowStart stickiness tags targetControlPort targetFailovers
      targetGroupHealth targetHealthStates targetType vpcId`,
    arn: { service: "elasticloadbalancing", prefix: "targetgroup/" },
  }),
  onAwsOnlyType({
    type: "aws:lb/targetGroupAttachment:TargetGroupAttachment",
    listed: "the local cloud has no networks",
    required: "targetGroupArn targetId",
    optional: "availabilityZone port quicServerId region",
  }),
  onAwsOnlyType({
    type: "aws:rds/cluster:Cluster",
    listed: "the local cloud has no relational databases",
    required: "engine",
    optional: `
      allocatedStorage allowMajorVersionUpgrade applyImmediately autoMinorVersionUpgrade
      availabilityZones backtrackWindow backupRetentionPeriod caCertificateIdentifier
      clusterIdentifier clusterIdentifierPrefix clusterMembers clusterScalabilityType
      copyTagsToSnapshot databaseInsightsMode databaseName dbClusterInstanceClass
      dbClusterParameterGroupName dbInstanceParameterGroupName dbSubnetGroupName dbSystemId
      deleteAutomatedBackups deletionProtection domain domainIamRoleName enableGlobalWriteForwarding
      enableHttpEndpoint enableLocalWriteForwarding enabledCloudwatchLogsExports
      engineLifecycleSupport engineMode engineVersion finalSnapshotIdentifier
      globalClusterIdentifier iamDatabaseAuthenticationEnabled iamRoles iops kmsKeyId
      manageMasterUserPassword masterPassword masterPasswordWo masterPasswordWoVersion
      masterUserSecretKmsKeyId masterUsername monitoringInterval monitoringRoleArn networkType
      performanceInsightsEnabled performanceInsightsKmsKeyId performanceInsightsRetentionPeriod port
      preferredBackupWindow preferredMaintenanceWindow region replicationSourceIdentifier
      restoreToPointInTime s3Import scalingConfiguration serverlessv2ScalingConfiguration
      skipFinalSnapshot snapshotIdentifier sourceRegion storageEncrypted storageType tags
      vpcSecurityGroupIds warningEventCategories`,
    arn: { service: "rds", prefix: "cluster:" },
    names: {
      endpoint: "{id}.cluster.{region}.rds.amazonaws.com",
      readerEndpoint: "{id}.cluster-ro.{region}.rds.amazonaws.com",
    },
    port: databasePort,
  }),
  onAwsOnlyType({
    type: "aws:rds/clusterInstance:ClusterInstance",
    listed: "the local cloud has no relational databases",
    required: "clusterIdentifier engine instanceClass",
    optional: `
      applyImmediately autoMinorVersionUpgrade availabilityZone caCertIdentifier copyTagsToSnapshot
      customIamInstanceProfile dbParameterGroupName dbSubnetGroupName engineVersion forceDestroy
      identifier identifierPrefix monitoringInterval monitoringRoleArn performanceInsightsEnabled
      performanceInsightsKmsKeyId performanceInsightsRetentionPeriod preferredBackupWindow
      preferredMaintenanceWindow promotionTier publiclyAccessible region tags warningEventCategories`,
    arn: { service: "rds", prefix: "db:" },
  }),
  onAwsOnlyType({
    type: "aws:rds/instance:Instance",
    listed: "the local cloud has no relational databases",
    required: "instanceClass",
    optional: `
      allocatedStorage allowMajorVersionUpgrade applyImmediately autoMinorVersionUpgrade
      availabilityZone backupRetentionPeriod backupTarget backupWindow blueGreenUpdate
      caCertIdentifier characterSetName copyTagsToSnapshot customIamInstanceProfile
      customerOwnedIpEnabled databaseInsightsMode dbName dbSubnetGroupName dedicatedLogVolume
      deleteAutomatedBackups deletionProtection domain domainAuthSecretArn domainDnsIps domainFqdn
      domainIamRoleName domainOu enabledCloudwatchLogsExports engine engineLifecycleSupport
      engineVersion finalSnapshotIdentifier iamDatabaseAuthenticationEnabled identifier
      identifierPrefix iops kmsKeyId licenseModel maintenanceWindow manageMasterUserPassword
      masterUserSecretKmsKeyId maxAllocatedStorage monitoringInterval monitoringRoleArn multiAz
      ncharCharacterSetName networkType optionGroupName parameterGroupName password passwordWo
      passwordWoVersion performanceInsightsEnabled performanceInsightsKmsKeyId
      performanceInsightsRetentionPeriod port publiclyAccessible region replicaMode
      replicateSourceDb restoreToPointInTime s3Import skipFinalSnapshot snapshotIdentifier
      storageEncrypted storageThroughput storageType tags timezone upgradeStorageConfig username
      vpcSecurityGroupIds warningEventCategories`,
    arn: { service: "rds", prefix: "db:" },
    names: {
      address: "{id}.{region}.rds.amazonaws.com",
      endpoint: "{id}.{region}.rds.amazonaws.com:{port}",
    },
    port: databasePort,
  }),
  onAwsOnlyType({
    type: "aws:rds/subnetGroup:SubnetGroup",
    listed: "the local cloud has no networks",
    required: "subnetIds",
    optional: "description name namePrefix region tags",
    arn: { service: "rds", prefix: "subgrp:" },
  }),
];

/** https://docs.aws.amazon.com/AmazonRDS/latest/APIReference/API_CreateDBInstance.html */
function databasePort(engine: unknown): number {
  const name = String(engine ?? "");
  if (/mysql|mariadb/.test(name)) return 3306;
  if (name.startsWith("oracle")) return 1521;
  if (name.startsWith("sqlserver")) return 1433;
  return name.startsWith("db2") ? 50_000 : 5432;
}
