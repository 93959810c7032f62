import type { PropertyMap } from "../../../local/provider/propertyValue.ts";

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
};
