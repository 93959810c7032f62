import { expect } from "chai";
import type { PropertyMap } from "../../../local/pulumi/values/propertyValue.ts";
import { failureOf } from "../../harness/assertions/failure.ts";
import { type ProviderWorld, providerWorld } from "../../harness/provider/awsProvider.ts";
import { lookUp } from "../../harness/provider/lookUp.ts";

describe("lookups of networks", () => {
  let world: ProviderWorld;
  let vpcId: string;
  let subnetIds: string[];
  before(async () => {
    world = providerWorld();
    const vpc = await world.create("aws:ec2/vpc:Vpc", "main", {
      cidrBlock: "10.0.0.0/16",
      tags: { Name: "main" },
    });
    vpcId = vpc.id;
    const subnet = (name: string, cidrBlock: string) =>
      world.create("aws:ec2/subnet:Subnet", name, { vpcId, cidrBlock, tags: { Tier: name } });
    const made = [await subnet("private", "10.0.1.0/24"), await subnet("public", "10.0.2.0/24")];
    subnetIds = made.map(({ id }) => id);
  });
  after(() => world.cloud.close());

  const answer = (token: string, args: PropertyMap) => lookUp(world, token, args);

  it("find the program's VPC by its tags, its id and its range", async () => {
    const token = "aws:ec2/getVpc:getVpc";
    const lookups: readonly PropertyMap[] = [
      { tags: { Name: "main" } },
      { id: vpcId },
      { cidrBlock: "10.0.0.0/16" },
      { filters: [{ name: "tag:Name", values: ["ma*"] }] },
    ];
    for (const args of lookups) {
      expect(await answer(token, args)).to.include({ id: vpcId, cidrBlock: "10.0.0.0/16" });
    }
  });

  it("find the account's default VPC with a subnet for each availability zone", async () => {
    const vpc = await answer("aws:ec2/getVpc:getVpc", { default: true });
    expect(vpc).to.include({ cidrBlock: "172.31.0.0/16", default: true, state: "available" });
    const { ids } = await answer("aws:ec2/getSubnets:getSubnets", {
      filters: [{ name: "vpc-id", values: [String(vpc.id)] }],
    });
    expect(ids).to.have.length(3);
  });

  it("find the subnets of a VPC, and those with a tag", async () => {
    const token = "aws:ec2/getSubnets:getSubnets";
    const filters = [{ name: "vpc-id", values: [vpcId] }];
    expect((await answer(token, { filters })).ids).to.deep.equal(subnetIds);
    const tagged = await answer(token, { filters, tags: { Tier: "public" } });
    expect(tagged.ids).to.deep.equal(subnetIds.slice(1));
  });

  it("find the default security group of the default VPC", async () => {
    const group = await answer("aws:ec2/getSecurityGroup:getSecurityGroup", { name: "default" });
    expect(group).to.include({ description: "default VPC security group" });
  });

  it("name what matches nothing, what matches several, and an unknown filter", async () => {
    const token = "aws:ec2/getVpc:getVpc";
    const failure = async (args: PropertyMap) => (await failureOf(answer(token, args))).message;
    expect(await failure({ tags: { Name: "other" } })).to.match(
      /^there is no VPC that matches \{"tags":\{"Name":"other"\}\} in the local cloud/,
    );
    expect(await failure({})).to.match(/^2 VPCs match \{\}: give an id/);
    expect(await failure({ filters: [{ name: "colour", values: ["red"] }] })).to.match(
      /^the local cloud has no filter "colour" for networks/,
    );
  });
});
