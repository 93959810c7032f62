import { expect } from "chai";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import { onAwsOnlyCases } from "../../harness/provider/onAwsOnlyCases.ts";

const account = "000000000000";
const ec2 = `arn:aws:ec2:eu-west-1:${account}`;
const glue = `arn:aws:glue:eu-west-1:${account}`;

/** What a program may hand on to its policies and to other resources, of a resource named `it`. */
const outputsOf: Readonly<Record<string, PropertyMap>> = {
  "aws:ec2/vpc:Vpc": { arn: `${ec2}:vpc/it`, ownerId: account },
  "aws:ec2/subnet:Subnet": { arn: `${ec2}:subnet/it`, ownerId: account },
  "aws:ec2/internetGateway:InternetGateway": {
    arn: `${ec2}:internet-gateway/it`,
    ownerId: account,
  },
  "aws:ec2/routeTable:RouteTable": { arn: `${ec2}:route-table/it`, ownerId: account },
  "aws:ec2/eip:Eip": { arn: `${ec2}:elastic-ip/it` },
  "aws:ec2/vpcEndpoint:VpcEndpoint": { arn: `${ec2}:vpc-endpoint/it`, ownerId: account },
  "aws:glue/catalogDatabase:CatalogDatabase": { arn: `${glue}:database/it` },
  "aws:glue/catalogTable:CatalogTable": { arn: `${glue}:table/a/it` },
  "aws:ecr/repository:Repository": {
    arn: `arn:aws:ecr:eu-west-1:${account}:repository/it`,
    registryId: account,
    repositoryUrl: `${account}.dkr.ecr.eu-west-1.amazonaws.com/it`,
  },
  "aws:cognito/userPool:UserPool": {
    arn: `arn:aws:cognito-idp:eu-west-1:${account}:userpool/it`,
    endpoint: "cognito-idp.eu-west-1.amazonaws.com/it",
  },
  "aws:iam/instanceProfile:InstanceProfile": {
    arn: `arn:aws:iam::${account}:instance-profile/it`,
  },
  "aws:lb/loadBalancer:LoadBalancer": {
    arn: `arn:aws:elasticloadbalancing:eu-west-1:${account}:loadbalancer/it`,
    dnsName: "it.eu-west-1.elb.amazonaws.com",
  },
  "aws:ecr/lifecyclePolicy:LifecyclePolicy": { registryId: account },
  "aws:ecr/repositoryPolicy:RepositoryPolicy": { registryId: account },
};

describe("a resource that has its effect on AWS only", () => {
  let world: ProviderWorld;
  beforeEach(() => {
    world = providerWorld();
  });
  afterEach(() => world.cloud.close());

  for (const [type, outputs] of Object.entries(outputsOf)) {
    it(`has the ARN and the account that AWS would give it: ${type}`, async () => {
      const given = onAwsOnlyCases[type]?.inputs;
      const isNamed = /^aws:(glue|ecr\/repository:)/.test(type);
      const made = await world.create(type, "it", { ...given, ...(isNamed && { name: "it" }) });
      expect(made.id).to.equal("it");
      expect(made.outputs).to.include(outputs);
    });
  }

  for (const [engine, port] of [
    ["postgres", 5432],
    ["mariadb", 3306],
    ["aurora-mysql", 3306],
    ["sqlserver-ex", 1433],
    ["oracle-ee", 1521],
  ] as const) {
    it(`has the port of its engine: ${engine}`, async () => {
      const inputs = { engine, instanceClass: "db.t4g.micro" };
      const made = await world.create("aws:rds/instance:Instance", "db", inputs);
      const endpoint = `db.eu-west-1.rds.amazonaws.com:${port}`;
      expect(made.outputs).to.include({ port, endpoint });
    });
  }

  it("has the port that the program gives", async () => {
    const inputs = { engine: "postgres", instanceClass: "db.t4g.micro", port: 6000 };
    const made = await world.create("aws:rds/instance:Instance", "db", inputs);
    expect(made.outputs).to.include({
      port: 6000,
      endpoint: "db.eu-west-1.rds.amazonaws.com:6000",
    });
    const cluster = await world.create("aws:rds/cluster:Cluster", "db", { engine: "aurora-mysql" });
    expect(cluster.outputs.port).to.equal(3306);
  });
});
